package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.socket.IpFamily;

/** ICMP errors in the words of iputils, which scripts look for. */
final class IcmpWords {
  private static final int REDIRECT = 5;
  private static final int REDIRECT_IPV6 = 137;

  private IcmpWords() {}

  static String of(Arrival error) {
    return of(error.source().family(), error.type(), error.code(), error.mtu())
        + (isRedirect(error) ? "(New nexthop: " + error.gateway().text() + ")" : "");
  }

  /** The words, without the router to which a redirect points. */
  static String of(IpFamily family, int type, int code, long mtu) {
    return family == IpFamily.IPV4 ? ipv4(type, code, mtu) : ipv6(type, code, mtu);
  }

  private static boolean isRedirect(Arrival error) {
    return error.type() == (error.source().family() == IpFamily.IPV4 ? REDIRECT : REDIRECT_IPV6);
  }

  /** RFC 792, RFC 1812 section 5.2.7. */
  private static String ipv4(int type, int code, long mtu) {
    return switch (type) {
      case 3 -> unreachable(code, mtu);
      case REDIRECT -> redirected(code);
      case 11 ->
          switch (code) {
            case 0 -> "Time to live exceeded";
            case 1 -> "Frag reassembly time exceeded";
            default -> "Time exceeded, Bad Code: " + code;
          };
      case 12 -> "Parameter problem";
      default -> "Bad ICMP type: " + type;
    };
  }

  private static String unreachable(int code, long mtu) {
    return switch (code) {
      case 0 -> "Destination Net Unreachable";
      case 1 -> "Destination Host Unreachable";
      case 2 -> "Destination Protocol Unreachable";
      case 3 -> "Destination Port Unreachable";
      case 4 -> "Frag needed and DF set (mtu = " + mtu + ")";
      case 5 -> "Source Route Failed";
      case 6 -> "Destination Net Unknown";
      case 7 -> "Destination Host Unknown";
      case 8 -> "Source Host Isolated";
      case 9 -> "Destination Net Prohibited";
      case 10 -> "Destination Host Prohibited";
      case 11 -> "Destination Net Unreachable for Type of Service";
      case 12 -> "Destination Host Unreachable for Type of Service";
      case 13 -> "Packet filtered";
      case 14 -> "Precedence Violation";
      case 15 -> "Precedence Cutoff";
      default -> "Dest Unreachable, Bad Code: " + code;
    };
  }

  private static String redirected(int code) {
    return switch (code) {
      case 0 -> "Redirect Network";
      case 1 -> "Redirect Host";
      case 2 -> "Redirect Type of Service and Network";
      case 3 -> "Redirect Type of Service and Host";
      default -> "Redirect, Bad Code: " + code;
    };
  }

  /** RFC 4443 section 3, RFC 4861 section 4.5. */
  private static String ipv6(int type, int code, long mtu) {
    return switch (type) {
      case 1 ->
          "Destination unreachable: "
              + switch (code) {
                case 0 -> "No route";
                case 1 -> "Administratively prohibited";
                case 2 -> "Beyond scope of source address";
                case 3 -> "Address unreachable";
                case 4 -> "Port unreachable";
                default -> "Unknown code " + code;
              };
      case 2 -> "Packet too big: mtu=" + mtu;
      case 3 ->
          "Time exceeded: "
              + switch (code) {
                case 0 -> "Hop limit";
                case 1 -> "Defragmentation failure";
                default -> "code " + code;
              };
      case 4 -> "Parameter problem";
      case REDIRECT_IPV6 -> "Redirect Host";
      default -> "unknown icmp type: " + type;
    };
  }
}
