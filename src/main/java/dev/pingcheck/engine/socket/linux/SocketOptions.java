package dev.pingcheck.engine.socket.linux;

/** Levels, names and values of the socket options and flags that are used (Linux uapi headers). */
final class SocketOptions {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_RAW = 3;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int IPPROTO_ICMP = 1;
  static final int IPPROTO_ICMPV6 = 58;

  static final int SOL_SOCKET = 1;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_ATTACH_FILTER = 26;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;

  /** Also the type of the control message that carries the stamp. */
  static final int SO_TIMESTAMPNS = 35;

  static final int SOL_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_TTL = 2;
  static final int IP_MTU_DISCOVER = 10;
  static final int IP_MULTICAST_TTL = 33;

  static final int SOL_IPV6 = 41;
  static final int IPV6_UNICAST_HOPS = 16;
  static final int IPV6_MULTICAST_HOPS = 18;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_RECVHOPLIMIT = 51;
  static final int IPV6_HOPLIMIT = 52;
  static final int IPV6_DONTFRAG = 62;
  static final int IPV6_TCLASS = 67;

  static final int SOL_ICMPV6 = 58;
  static final int ICMPV6_FILTER = 1;

  /** Never fragment, never set DF. */
  static final int PMTUDISC_DONT = 0;

  /** Always set DF, and heed the path's MTU. */
  static final int PMTUDISC_DO = 2;

  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final short POLLIN = 1;
  static final int EFD_NONBLOCK = 0x800;
  static final int EFD_CLOEXEC = 0x80000;

  private SocketOptions() {}
}
