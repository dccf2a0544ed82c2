package dev.pingcheck.engine.socket.linux;

import static dev.pingcheck.engine.socket.linux.Structs.offset;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.engine.socket.SocketRefusal.Cause;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** One raw ICMP socket of one family. Not thread safe. */
final class RawSocket implements AutoCloseable {
  private static final int UNSET = -1;

  /**
   * Room for some thousand packets each way. Requests that wait for a neighbour's link-layer
   * address count against the send buffer: with the default, 300 dead hosts on a link would fail
   * the sends to all others.
   */
  private static final int BUFFER_SIZE = 8 << 20;

  private final IpFamily family;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.STATE);
  private final MemorySegment value = arena.allocate(JAVA_INT);
  private final MemorySegment target;
  private SendOutcome whileClosed = SendOutcome.FAILED;
  private int fd = UNSET;
  private int ttl = UNSET;
  private int dscp = UNSET;
  private int dontFragment = UNSET;

  RawSocket(IpFamily family) {
    this.family = family;
    target = arena.allocate(isIpv4() ? Structs.SOCKADDR_IN : Structs.SOCKADDR_IN6);
  }

  int fd() {
    return fd;
  }

  boolean isOpen() {
    return fd >= 0;
  }

  /** Opens the socket; the one from before is closed. */
  Optional<SocketRefusal> open() {
    shut();
    int type = SocketOptions.SOCK_RAW | SocketOptions.SOCK_NONBLOCK | SocketOptions.SOCK_CLOEXEC;
    fd =
        isIpv4()
            ? Libc.socket(state, SocketOptions.AF_INET, type, SocketOptions.IPPROTO_ICMP)
            : Libc.socket(state, SocketOptions.AF_INET6, type, SocketOptions.IPPROTO_ICMPV6);
    if (fd < 0) {
      return refuse(Libc.errno(state));
    }
    if (!attachFilter()) {
      int errno = Libc.errno(state);
      shut();
      return refuse(errno);
    }
    configure();
    // The first call through a method handle takes a millisecond to link it, which would count as
    // round-trip time; this one fails, and sends nothing.
    Libc.sendto(state, UNSET, target, 0, target, 0);
    return Optional.empty();
  }

  private Optional<SocketRefusal> refuse(int errno) {
    SocketRefusal refusal = refusal(errno);
    whileClosed =
        switch (refusal.cause()) {
          case NOT_PERMITTED -> SendOutcome.NOT_PERMITTED;
          case NOT_SUPPORTED -> SendOutcome.NO_ROUTE;
          case FAILED -> SendOutcome.FAILED;
        };
    return Optional.of(refusal);
  }

  /** What becomes of packets as long as there is no socket. */
  SendOutcome whileClosed() {
    return whileClosed;
  }

  private void configure() {
    // The forced variants need NET_ADMIN; the others are cut to net.core.rmem_max and wmem_max.
    if (!set(SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUFFORCE, BUFFER_SIZE)) {
      set(SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF, BUFFER_SIZE);
    }
    if (!set(SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUFFORCE, BUFFER_SIZE)) {
      set(SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUF, BUFFER_SIZE);
    }
    set(SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPNS, 1);
    if (!isIpv4()) {
      set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_RECVHOPLIMIT, 1);
    }
  }

  private boolean attachFilter() {
    try (Arena scratch = Arena.ofConfined()) {
      return isIpv4()
          ? Libc.setsockopt(
                  state,
                  fd,
                  SocketOptions.SOL_SOCKET,
                  SocketOptions.SO_ATTACH_FILTER,
                  MessageFilter.ipv4(scratch))
              == 0
          : Libc.setsockopt(
                  state,
                  fd,
                  SocketOptions.SOL_ICMPV6,
                  SocketOptions.ICMPV6_FILTER,
                  MessageFilter.ipv6(scratch))
              == 0;
    }
  }

  /**
   * Does all that comes before the system call, so that the send time is taken right before it.
   *
   * @return 0, or the errno
   */
  int prepare(SendBatch.Slot slot) {
    if (!applyOptions(slot)) {
      return Libc.errno(state);
    }
    writeTarget(slot.peer());
    return 0;
  }

  /**
   * Hands one prepared packet to the kernel.
   *
   * @return 0, or the errno
   */
  int send(SendBatch.Slot slot) {
    int size = (int) target.byteSize();
    while (Libc.sendto(state, fd, slot.buffer(), slot.size(), target, size) < 0) {
      int errno = Libc.errno(state);
      if (errno != Errno.EINTR) {
        return errno;
      }
    }
    return 0;
  }

  ReceiveRing receive(ReceiveRing ring) {
    if (!isOpen()) {
      return ring.nothing();
    }
    ReceiveRing received = ring.receive(state, fd);
    if (received.isBroken()) {
      shut();
    }
    return received;
  }

  static SendOutcome outcome(int errno) {
    return errno == 0 ? SendOutcome.SENT : Errno.outcome(errno);
  }

  /** Options of the socket are those of the last packet; most packets have the same. */
  private boolean applyOptions(SendBatch.Slot slot) {
    if (slot.ttl() != ttl) {
      if (!setTtl(slot.ttl())) {
        return false;
      }
      ttl = slot.ttl();
    }
    if (slot.dscp() != dscp) {
      // The DSCP are the upper six bits of the octet, the lower two are ECN's (RFC 3168).
      int octet = slot.dscp() << 2;
      if (!(isIpv4()
          ? set(SocketOptions.SOL_IP, SocketOptions.IP_TOS, octet)
          : set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_TCLASS, octet))) {
        return false;
      }
      dscp = slot.dscp();
    }
    int unfragmented = slot.dontFragment() ? 1 : 0;
    if (unfragmented != dontFragment) {
      if (!setDontFragment(slot.dontFragment())) {
        return false;
      }
      dontFragment = unfragmented;
    }
    return true;
  }

  private boolean setTtl(int hops) {
    return isIpv4()
        ? set(SocketOptions.SOL_IP, SocketOptions.IP_TTL, hops)
            && set(SocketOptions.SOL_IP, SocketOptions.IP_MULTICAST_TTL, hops)
        : set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_UNICAST_HOPS, hops)
            && set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_MULTICAST_HOPS, hops);
  }

  private boolean setDontFragment(boolean set) {
    int discovery = set ? SocketOptions.PMTUDISC_DO : SocketOptions.PMTUDISC_DONT;
    return isIpv4()
        ? set(SocketOptions.SOL_IP, SocketOptions.IP_MTU_DISCOVER, discovery)
        : set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_MTU_DISCOVER, discovery)
            && set(SocketOptions.SOL_IPV6, SocketOptions.IPV6_DONTFRAG, set ? 1 : 0);
  }

  private void writeTarget(Peer peer) {
    if (isIpv4()) {
      target.set(JAVA_SHORT, 0, (short) SocketOptions.AF_INET);
      target.set(Structs.NET_INT, offset(Structs.SOCKADDR_IN, "address"), (int) peer.low());
      return;
    }
    long address = offset(Structs.SOCKADDR_IN6, "address");
    target.set(JAVA_SHORT, 0, (short) SocketOptions.AF_INET6);
    target.set(Structs.NET_LONG, address, peer.high());
    target.set(Structs.NET_LONG, address + Long.BYTES, peer.low());
    target.set(JAVA_INT, offset(Structs.SOCKADDR_IN6, "scope"), peer.scope());
  }

  private boolean set(int level, int name, int number) {
    value.set(JAVA_INT, 0, number);
    return Libc.setsockopt(state, fd, level, name, value) == 0;
  }

  private boolean isIpv4() {
    return family == IpFamily.IPV4;
  }

  private SocketRefusal refusal(int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES ->
          new SocketRefusal(
              family,
              Cause.NOT_PERMITTED,
              "opening a raw ICMP socket needs the capability NET_RAW: run as root, or add NET_RAW"
                  + " to the container's capabilities");
      case Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT ->
          new SocketRefusal(family, Cause.NOT_SUPPORTED, "this machine has no " + family);
      case Errno.EMFILE ->
          new SocketRefusal(
              family,
              Cause.FAILED,
              "too many open files for a raw ICMP socket: raise the limit of open files");
      default ->
          new SocketRefusal(
              family,
              Cause.FAILED,
              "opening a raw " + family + " ICMP socket failed with error " + errno);
    };
  }

  private void shut() {
    if (fd >= 0) {
      Libc.close(state, fd);
    }
    fd = UNSET;
    ttl = UNSET;
    dscp = UNSET;
    dontFragment = UNSET;
  }

  @Override
  public void close() {
    shut();
    arena.close();
  }
}
