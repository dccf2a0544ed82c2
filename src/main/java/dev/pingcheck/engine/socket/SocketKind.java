package dev.pingcheck.engine.socket;

/** The two kinds of sockets that Linux offers for ICMP echo. */
public enum SocketKind {
  /** SOCK_RAW: sees every ICMP message of the network namespace; needs the capability NET_RAW. */
  RAW("raw sockets"),
  /**
   * SOCK_DGRAM with IPPROTO_ICMP or IPPROTO_ICMPV6 (man 7 icmp): sees the answers to its own
   * requests alone; needs a group within net.ipv4.ping_group_range and no capability.
   */
  PING("ping sockets");

  private final String text;

  SocketKind(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
