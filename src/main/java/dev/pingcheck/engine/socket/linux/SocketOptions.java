package dev.pingcheck.engine.socket.linux;

/** Levels, names and values of the socket options and flags that are used (Linux uapi headers). */
final class SocketOptions {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_RAW = 3;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int IPPROTO_ICMP = 1;
  static final int IPPROTO_ICMPV6 = 58;

  static final int SOL_SOCKET = 1;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_ATTACH_FILTER = 26;
  static final int SO_BINDTOIFINDEX = 62;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;

  /** Also the type of the control message that carries the stamps, or asks for one. */
  static final int SO_TIMESTAMPING = 37;

  /** Also the type of the control message with the count. */
  static final int SO_RXQ_OVFL = 40;

  /** Figures of the socket's memory, and what found no room in it. */
  static final int SO_MEMINFO = 55;

  /** A control message: the number by which a stamp is to be told (Linux 6.13). */
  static final int SCM_TS_OPT_ID = 81;

  /** Software stamps of packets that leave; asked for by each packet. */
  static final int TIMESTAMPING_TX_SOFTWARE = 1 << 1;

  static final int TIMESTAMPING_RX_SOFTWARE = 1 << 3;
  static final int TIMESTAMPING_SOFTWARE = 1 << 4;

  /** Stamps of packets that leave bear a number. */
  static final int TIMESTAMPING_OPT_ID = 1 << 7;

  /** They come without the packet. */
  static final int TIMESTAMPING_OPT_TSONLY = 1 << 11;

  static final int SOL_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_TTL = 2;
  static final int IP_PKTINFO = 8;
  static final int IP_MTU_DISCOVER = 10;
  static final int IP_RECVERR = 11;
  static final int IP_RECVTTL = 12;
  static final int IP_MULTICAST_TTL = 33;

  static final int SOL_IPV6 = 41;
  static final int IPV6_UNICAST_HOPS = 16;
  static final int IPV6_MULTICAST_HOPS = 18;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_PKTINFO = 50;
  static final int IPV6_RECVHOPLIMIT = 51;
  static final int IPV6_HOPLIMIT = 52;
  static final int IPV6_DONTFRAG = 62;
  static final int IPV6_TCLASS = 67;

  static final int SOL_ICMPV6 = 58;
  static final int ICMPV6_FILTER = 1;

  /** Never fragment, never set DF. */
  static final int PMTUDISC_DONT = 0;

  /** Set DF where the packet fits into the path's MTU, else fragment here. */
  static final int PMTUDISC_WANT = 1;

  /** Always set DF, and heed the path's MTU. */
  static final int PMTUDISC_DO = 2;

  /** Always set DF, and heed the interface's MTU alone. */
  static final int PMTUDISC_PROBE = 3;

  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_ERRQUEUE = 0x2000;

  /** Where an error of the error queue comes from (struct sock_extended_err). */
  static final int ORIGIN_ICMP = 2;

  static final int ORIGIN_ICMP6 = 3;
  static final int ORIGIN_TIMESTAMPING = 4;
  static final short POLLIN = 1;
  static final short POLLERR = 8;
  static final int EFD_NONBLOCK = 0x800;
  static final int EFD_CLOEXEC = 0x80000;

  private SocketOptions() {}
}
