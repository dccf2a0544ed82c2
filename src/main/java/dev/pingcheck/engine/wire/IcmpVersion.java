package dev.pingcheck.engine.wire;

/** The two protocols, with the types of their messages. */
public enum IcmpVersion {
  /** RFC 792: echo p. 14, the errors p. 4 to 8, redirect p. 12. */
  ICMPV4(8, 0, 3, -1, 11, 12, 5),
  /** RFC 4443: echo section 4, the errors section 3; RFC 4861 section 4.5: redirect. */
  ICMPV6(128, 129, 1, 2, 3, 4, 137);

  final int echoRequest;
  final int echoReply;
  final int destinationUnreachable;
  final int packetTooBig;
  final int timeExceeded;
  final int parameterProblem;
  final int redirect;

  IcmpVersion(
      int echoRequest,
      int echoReply,
      int destinationUnreachable,
      int packetTooBig,
      int timeExceeded,
      int parameterProblem,
      int redirect) {
    this.echoRequest = echoRequest;
    this.echoReply = echoReply;
    this.destinationUnreachable = destinationUnreachable;
    this.packetTooBig = packetTooBig;
    this.timeExceeded = timeExceeded;
    this.parameterProblem = parameterProblem;
    this.redirect = redirect;
  }

  /** Whether that type is one of the errors. */
  public boolean isError(int type) {
    return type == destinationUnreachable
        || type == packetTooBig
        || type == timeExceeded
        || type == parameterProblem;
  }

  /** Whether that type is a redirect. */
  public boolean isRedirect(int type) {
    return type == redirect;
  }
}
