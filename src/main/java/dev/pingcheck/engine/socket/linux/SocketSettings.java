package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.PathMtuDiscovery;
import dev.pingcheck.engine.socket.SendOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Sets the options of one socket, and knows which ones of packets it has set. */
final class SocketSettings {
  private final IpFamily family;
  private final MemorySegment state;
  private final MemorySegment value;
  private SendOptions applied = SendOptions.DEFAULT;
  private boolean fresh = true;

  /**
   * @param arena lives as long as the socket
   */
  SocketSettings(IpFamily family, Arena arena) {
    this.family = family;
    state = arena.allocate(Libc.STATE);
    value = arena.allocate(JAVA_INT);
  }

  /** The socket is another one from here on. */
  void forget() {
    fresh = true;
  }

  /** Sets an option of the type int; if it fails, {@link #errno} tells why. */
  boolean set(int fd, int level, int name, int number) {
    value.set(JAVA_INT, 0, number);
    return Libc.setsockopt(state, fd, level, name, value) == 0;
  }

  int errno() {
    return Libc.errno(state);
  }

  /**
   * Makes the socket's options those of a packet; most packets have the same.
   *
   * @return 0, or the errno
   */
  int apply(int fd, SendOptions options) {
    if (!fresh && Objects.equals(options, applied)) {
      return 0;
    }
    boolean done =
        setTtl(fd, options.ttl())
            && setTrafficClass(fd, options.trafficClass())
            && setDiscovery(fd, options.discovery());
    fresh = !done;
    applied = options;
    return done ? 0 : errno();
  }

  private boolean setTtl(int fd, int hops) {
    return isIpv4()
        ? set(fd, SocketOptions.SOL_IP, SocketOptions.IP_TTL, hops)
            && set(fd, SocketOptions.SOL_IP, SocketOptions.IP_MULTICAST_TTL, hops)
        : set(fd, SocketOptions.SOL_IPV6, SocketOptions.IPV6_UNICAST_HOPS, hops)
            && set(fd, SocketOptions.SOL_IPV6, SocketOptions.IPV6_MULTICAST_HOPS, hops);
  }

  private boolean setTrafficClass(int fd, int octet) {
    return isIpv4()
        ? set(fd, SocketOptions.SOL_IP, SocketOptions.IP_TOS, octet)
        : set(fd, SocketOptions.SOL_IPV6, SocketOptions.IPV6_TCLASS, octet);
  }

  private boolean setDiscovery(int fd, PathMtuDiscovery discovery) {
    int number =
        switch (discovery) {
          case DONT -> SocketOptions.PMTUDISC_DONT;
          case WANT -> SocketOptions.PMTUDISC_WANT;
          case DO -> SocketOptions.PMTUDISC_DO;
          case PROBE -> SocketOptions.PMTUDISC_PROBE;
        };
    if (isIpv4()) {
      return set(fd, SocketOptions.SOL_IP, SocketOptions.IP_MTU_DISCOVER, number);
    }
    boolean whole = discovery == PathMtuDiscovery.DO || discovery == PathMtuDiscovery.PROBE;
    return set(fd, SocketOptions.SOL_IPV6, SocketOptions.IPV6_MTU_DISCOVER, number)
        && set(fd, SocketOptions.SOL_IPV6, SocketOptions.IPV6_DONTFRAG, whole ? 1 : 0);
  }

  private boolean isIpv4() {
    return family == IpFamily.IPV4;
  }
}
