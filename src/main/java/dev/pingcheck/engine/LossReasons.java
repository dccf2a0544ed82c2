package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.stats.LossReason;

/** What send outcomes and ICMP errors mean for the request. */
final class LossReasons {
  private LossReasons() {}

  static LossReason of(SendOutcome outcome) {
    return switch (outcome) {
      case NO_ROUTE -> LossReason.NO_ROUTE;
      case NO_BUFFER -> LossReason.NO_BUFFER;
      case NOT_PERMITTED -> LossReason.NOT_PERMITTED;
      case TOO_BIG -> LossReason.PACKET_TOO_BIG;
      case FAILED -> LossReason.SEND_FAILED;
      case SENT -> throw new IllegalArgumentException("what was sent is not lost yet");
    };
  }

  static LossReason of(IpFamily family, int type, int code) {
    return family == IpFamily.IPV4 ? ofIcmpv4(type, code) : ofIcmpv6(type, code);
  }

  /** RFC 792 p. 4 to 9, RFC 1812 section 5.2.7.1. */
  private static LossReason ofIcmpv4(int type, int code) {
    return switch (type) {
      case 3 ->
          switch (code) {
            case 0, 6 -> LossReason.NET_UNREACHABLE;
            case 1, 7 -> LossReason.HOST_UNREACHABLE;
            case 2 -> LossReason.PROTOCOL_UNREACHABLE;
            case 3 -> LossReason.PORT_UNREACHABLE;
            case 4 -> LossReason.PACKET_TOO_BIG;
            case 9, 10, 13 -> LossReason.ADMIN_PROHIBITED;
            default -> LossReason.DESTINATION_UNREACHABLE;
          };
      case 11 -> LossReason.TIME_EXCEEDED;
      case 12 -> LossReason.PARAMETER_PROBLEM;
      default -> throw new IllegalArgumentException("not an ICMPv4 error: type " + type);
    };
  }

  /** RFC 4443 section 3. */
  private static LossReason ofIcmpv6(int type, int code) {
    return switch (type) {
      case 1 ->
          switch (code) {
            case 0 -> LossReason.NET_UNREACHABLE;
            case 1, 5, 6 -> LossReason.ADMIN_PROHIBITED;
            case 3 -> LossReason.HOST_UNREACHABLE;
            case 4 -> LossReason.PORT_UNREACHABLE;
            default -> LossReason.DESTINATION_UNREACHABLE;
          };
      case 2 -> LossReason.PACKET_TOO_BIG;
      case 3 -> LossReason.TIME_EXCEEDED;
      case 4 -> LossReason.PARAMETER_PROBLEM;
      default -> throw new IllegalArgumentException("not an ICMPv6 error: type " + type);
    };
  }
}
