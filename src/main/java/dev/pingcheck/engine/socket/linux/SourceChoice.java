package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Asks the kernel which source address it would choose. Connecting a UDP socket sends nothing. */
public final class SourceChoice {
  private static final int DISCARD_PORT = 9;

  private SourceChoice() {}

  /**
   * The source of packets to an address.
   *
   * @param interfaceIndex the interface by which they leave; 0 for the kernel's choice
   * @return empty if there is no route
   */
  public static Optional<Peer> of(Peer to, int interfaceIndex) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.STATE);
      IpFamily family = to.family();
      int domain = family == IpFamily.IPV4 ? SocketOptions.AF_INET : SocketOptions.AF_INET6;
      int fd = Libc.socket(state, domain, SocketOptions.SOCK_DGRAM | SocketOptions.SOCK_CLOEXEC, 0);
      if (fd < 0) {
        return Optional.empty();
      }
      try {
        MemorySegment index = arena.allocateFrom(JAVA_INT, interfaceIndex);
        int level = SocketOptions.SOL_SOCKET;
        MemorySegment name = arena.allocate(SocketName.size(family), Long.BYTES);
        SocketName.head(family, name, 0);
        SocketName.port(name, 0, DISCARD_PORT);
        SocketName.address(family, name, 0, to);
        MemorySegment size = arena.allocateFrom(JAVA_INT, (int) name.byteSize());
        boolean known =
            Libc.setsockopt(state, fd, level, SocketOptions.SO_BINDTOIFINDEX, index) == 0
                && Libc.connect(state, fd, name) == 0
                && Libc.getsockname(state, fd, name, size) == 0;
        return known
            ? Optional.of(
                new Peer(
                    family, SocketName.high(family, name, 0), SocketName.low(family, name, 0), 0))
            : Optional.empty();
      } finally {
        Libc.close(state, fd);
      }
    }
  }
}
