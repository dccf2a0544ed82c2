package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.SocketKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/** One ICMP socket of one kind and family: opened, configured, closed. Not thread safe. */
final class IcmpSocket implements AutoCloseable {
  private static final int UNSET = -1;
  private static final int TRIES = 32;

  /**
   * Room for some thousand packets each way. Requests that wait for a neighbour's link-layer
   * address count against the send buffer: with the default, 300 dead hosts on a link would fail
   * the sends to all others.
   */
  private static final int BUFFER_SIZE = 8 << 20;

  private static final int STAMPS =
      SocketOptions.TIMESTAMPING_RX_SOFTWARE
          | SocketOptions.TIMESTAMPING_SOFTWARE
          | SocketOptions.TIMESTAMPING_OPT_ID
          | SocketOptions.TIMESTAMPING_OPT_TSONLY;

  final StampKeys stampKeys = new StampKeys();
  final OverflowCount overflow;
  private final SocketKind kind;
  private final IpFamily family;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.STATE);
  private final SocketSettings settings;
  private int fd = UNSET;
  private int firstIdentifier = UNSET;
  private Origin only = Origin.ANY;
  private boolean readable;
  private boolean errorsWait;
  private boolean partlyRead;
  private boolean mayFail;

  IcmpSocket(SocketKind kind, IpFamily family) {
    this.kind = kind;
    this.family = family;
    settings = new SocketSettings(family, arena);
    overflow = new OverflowCount(kind);
  }

  int fd() {
    return fd;
  }

  boolean isOpen() {
    return fd >= 0;
  }

  /** The smallest identifier of those that come in here. */
  int firstIdentifier() {
    return firstIdentifier;
  }

  /** Whether a send may fail with the ICMP error of an earlier packet (man 7 ip, IP_RECVERR). */
  boolean tellsPendingErrors() {
    return kind == SocketKind.PING;
  }

  /** What ppoll said. */
  void found(int events) {
    readable = (events & ~SocketOptions.POLLERR) != 0;
    errorsWait = (events & SocketOptions.POLLERR) != 0;
    partlyRead = false;
  }

  /** Whether packets may wait here. */
  boolean isReadable() {
    return readable;
  }

  /** Whether something waits in the error queue. */
  boolean doErrorsWait() {
    return errorsWait;
  }

  /**
   * Whether an ICMP error may be pending, with which a receive ends before all packets are read.
   */
  boolean mayFail() {
    return mayFail;
  }

  void mayFail(boolean so) {
    mayFail = so;
  }

  /** Packets were read, and more may wait. */
  void partlyRead() {
    partlyRead = true;
  }

  boolean isPartlyRead() {
    return partlyRead;
  }

  /** From the next {@link #open} on, packets start there alone. */
  void keepTo(Origin origin) {
    only = origin;
  }

  /**
   * Opens the socket; the one from before is closed.
   *
   * @param first the wanted first identifier
   * @param count for a raw socket how many identifiers follow one another
   * @return 0, or the errno
   */
  int open(int first, int count, RandomGenerator random) {
    shut();
    boolean raw = kind == SocketKind.RAW;
    int type = raw ? SocketOptions.SOCK_RAW : SocketOptions.SOCK_DGRAM;
    fd =
        Libc.socket(
            state,
            isIpv4() ? SocketOptions.AF_INET : SocketOptions.AF_INET6,
            type | SocketOptions.SOCK_NONBLOCK | SocketOptions.SOCK_CLOEXEC,
            isIpv4() ? SocketOptions.IPPROTO_ICMP : SocketOptions.IPPROTO_ICMPV6);
    if (fd < 0) {
      return Libc.errno(state);
    }
    int errno = keepToInterface();
    if (errno == 0) {
      errno = raw ? attachFilter(first, count) : bind(first, random);
    }
    if (errno != 0) {
      shut();
      return errno;
    }
    configure();
    return 0;
  }

  private int keepToInterface() {
    int index = only.interfaceIndex();
    return index == 0 || set(SocketOptions.SOL_SOCKET, SocketOptions.SO_BINDTOIFINDEX, index)
        ? 0
        : settings.errno();
  }

  private void configure() {
    // The forced variants need NET_ADMIN; the others are cut to net.core.rmem_max and wmem_max.
    if (!set(SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUFFORCE, BUFFER_SIZE)) {
      set(SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF, BUFFER_SIZE);
    }
    if (!set(SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUFFORCE, BUFFER_SIZE)) {
      set(SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUF, BUFFER_SIZE);
    }
    set(SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPING, STAMPS);
    set(SocketOptions.SOL_SOCKET, SocketOptions.SO_RXQ_OVFL, 1);
    stampKeys.restart();
    boolean ping = kind == SocketKind.PING;
    if (isIpv4()) {
      set(SocketOptions.SOL_IP, SocketOptions.IP_RECVTTL, ping ? 1 : 0);
      set(SocketOptions.SOL_IP, SocketOptions.IP_RECVERR, ping ? 1 : 0);
    } else {
      set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_RECVHOPLIMIT, 1);
      set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_RECVERR, ping ? 1 : 0);
    }
  }

  private int attachFilter(int first, int count) {
    firstIdentifier = first;
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment program = MessageFilter.of(family, first, count, scratch);
      int name = SocketOptions.SO_ATTACH_FILTER;
      return Libc.setsockopt(state, fd, SocketOptions.SOL_SOCKET, name, program) == 0
          ? 0
          : Libc.errno(state);
    }
  }

  /** The kernel puts the port to which a ping socket is bound into its requests as identifier. */
  private int bind(int wanted, RandomGenerator random) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment name = scratch.allocate(SocketName.size(family), Long.BYTES);
      SocketName.head(family, name, 0);
      only.source().ifPresent(source -> SocketName.address(family, name, 0, source));
      int errno = 0;
      for (int i = 0; i < TRIES; i++) {
        firstIdentifier = i == 0 ? wanted : random.nextInt(1, 1 << 16);
        SocketName.port(name, 0, firstIdentifier);
        errno = Libc.bind(state, fd, name) == 0 ? 0 : Libc.errno(state);
        if (errno != Errno.EADDRINUSE) {
          return errno;
        }
      }
      return errno;
    }
  }

  /**
   * Makes the socket's options those of a packet; most packets have the same.
   *
   * @return 0, or the errno
   */
  int apply(SendOptions options) {
    return settings.apply(fd, options);
  }

  /** Packets name the number of their stamp no more: the kernel counts, from 0 on. */
  void countStampsAnew(boolean explicitFails) {
    if (explicitFails) {
      stampKeys.count();
    }
    set(SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPING, 0);
    set(SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPING, STAMPS);
    stampKeys.restart();
  }

  private boolean set(int level, int name, int number) {
    return settings.set(fd, level, name, number);
  }

  private boolean isIpv4() {
    return family == IpFamily.IPV4;
  }

  void shut() {
    if (fd >= 0) {
      Libc.close(state, fd);
    }
    fd = UNSET;
    firstIdentifier = UNSET;
    settings.forget();
    overflow.restart();
    found(0);
  }

  @Override
  public void close() {
    shut();
    arena.close();
  }
}
