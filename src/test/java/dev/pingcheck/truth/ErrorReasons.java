package dev.pingcheck.truth;

import dev.pingcheck.lab.tun.Packet;
import dev.pingcheck.stats.LossReason;

/** What {@link LossReason} promises for each ICMP error, written down a second time. */
final class ErrorReasons {
  /** Type 3, codes 0 to 15. */
  private static final LossReason[] UNREACHABLE_IPV4 = {
    LossReason.NET_UNREACHABLE,
    LossReason.HOST_UNREACHABLE,
    LossReason.PROTOCOL_UNREACHABLE,
    LossReason.PORT_UNREACHABLE,
    LossReason.PACKET_TOO_BIG,
    LossReason.DESTINATION_UNREACHABLE,
    LossReason.NET_UNREACHABLE,
    LossReason.HOST_UNREACHABLE,
    LossReason.DESTINATION_UNREACHABLE,
    LossReason.ADMIN_PROHIBITED,
    LossReason.ADMIN_PROHIBITED,
    LossReason.DESTINATION_UNREACHABLE,
    LossReason.DESTINATION_UNREACHABLE,
    LossReason.ADMIN_PROHIBITED,
    LossReason.DESTINATION_UNREACHABLE,
    LossReason.DESTINATION_UNREACHABLE,
  };

  /** Type 1, codes 0 to 6. */
  private static final LossReason[] UNREACHABLE_IPV6 = {
    LossReason.NET_UNREACHABLE,
    LossReason.ADMIN_PROHIBITED,
    LossReason.DESTINATION_UNREACHABLE,
    LossReason.HOST_UNREACHABLE,
    LossReason.PORT_UNREACHABLE,
    LossReason.ADMIN_PROHIBITED,
    LossReason.ADMIN_PROHIBITED,
  };

  private ErrorReasons() {}

  static LossReason of(Packet error) {
    int code = error.at(1);
    return error.isIpv6()
        ? switch (error.at(0)) {
          case 1 -> UNREACHABLE_IPV6[code];
          case 2 -> LossReason.PACKET_TOO_BIG;
          case 3 -> LossReason.TIME_EXCEEDED;
          default -> LossReason.PARAMETER_PROBLEM;
        }
        : switch (error.at(0)) {
          case 3 -> UNREACHABLE_IPV4[code];
          case 11 -> LossReason.TIME_EXCEEDED;
          default -> LossReason.PARAMETER_PROBLEM;
        };
  }
}
