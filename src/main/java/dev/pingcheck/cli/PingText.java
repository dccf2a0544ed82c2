package dev.pingcheck.cli;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.stats.LossReason;
import java.util.Locale;

/** The lines that ping prints, as iputils words them. */
final class PingText {
  private static final int IPV4_AND_ICMP_HEADER = 28;

  private PingText() {}

  static String header(String host, Peer peer, int payloadSize) {
    return peer.family() == IpFamily.IPV4
        ? "PING %s (%s) %d(%d) bytes of data."
            .formatted(host, peer.text(), payloadSize, payloadSize + IPV4_AND_ICMP_HEADER)
        : "PING %s(%s) %d data bytes".formatted(host, peer.text(), payloadSize);
  }

  static String reply(Echo echo, Arrival arrival) {
    String ttl = arrival.timeToLive() == Arrival.UNKNOWN ? "" : " ttl=" + arrival.timeToLive();
    return "%d bytes from %s: icmp_seq=%d%s time=%s ms"
        .formatted(
            arrival.size(),
            arrival.source().text(),
            sequence(echo),
            ttl,
            milliseconds(arrival.rtt()));
  }

  static String timeout(Echo echo) {
    return "no answer for icmp_seq=" + sequence(echo);
  }

  static String corrupt(Echo echo, Arrival arrival) {
    return "From %s icmp_seq=%d damaged reply (%d bytes), not counted"
        .formatted(arrival.source().text(), sequence(echo), arrival.size());
  }

  static String foreign(Echo echo, Arrival arrival) {
    return "From %s icmp_seq=%d forged or foreign reply, not counted"
        .formatted(arrival.source().text(), sequence(echo));
  }

  static String error(Echo echo, LossReason reason, Arrival error) {
    return "From %s icmp_seq=%d %s"
        .formatted(error.source().text(), sequence(echo), words(reason, echo.peer().family()));
  }

  static String notSent(Echo echo, LossReason reason) {
    return "icmp_seq=%d not sent: %s".formatted(sequence(echo), cause(reason, echo.peer()));
  }

  /** Why a request did not leave this machine, and what to do. */
  static String cause(LossReason reason, Peer peer) {
    return switch (reason) {
      case NO_ROUTE ->
          "no route to " + peer.text() + ": check the address, or this machine's routes and links";
      case NOT_PERMITTED ->
          "sending to "
              + peer.text()
              + " is not permitted: look for a firewall rule on this"
              + " machine, or a broadcast address";
      case NO_BUFFER -> "no buffer is free: send more slowly, or raise net.core.wmem_max";
      case PACKET_TOO_BIG -> "the packet is too big for the path: give a smaller -s";
      default -> "sending to " + peer.text() + " failed";
    };
  }

  /** iputils' precision: three digits behind the point below 1 ms, fewer above. */
  static String milliseconds(long nanos) {
    double ms = nanos / 1e6;
    if (ms >= 99.95) {
      return String.format(Locale.ROOT, "%.0f", ms);
    }
    if (ms >= 9.995) {
      return String.format(Locale.ROOT, "%.1f", ms);
    }
    return String.format(Locale.ROOT, ms >= 0.9995 ? "%.2f" : "%.3f", ms);
  }

  private static int sequence(Echo echo) {
    return echo.ordinal() + 1;
  }

  private static String words(LossReason reason, IpFamily family) {
    return switch (reason) {
      case NET_UNREACHABLE ->
          family == IpFamily.IPV4
              ? "Destination Net Unreachable"
              : "Destination unreachable: No route";
      case HOST_UNREACHABLE ->
          family == IpFamily.IPV4
              ? "Destination Host Unreachable"
              : "Destination unreachable: Address unreachable";
      case PROTOCOL_UNREACHABLE -> "Destination Protocol Unreachable";
      case PORT_UNREACHABLE ->
          family == IpFamily.IPV4
              ? "Destination Port Unreachable"
              : "Destination unreachable: Port unreachable";
      case ADMIN_PROHIBITED ->
          family == IpFamily.IPV4
              ? "Packet filtered"
              : "Destination unreachable: Administratively prohibited";
      case TIME_EXCEEDED ->
          family == IpFamily.IPV4 ? "Time to live exceeded" : "Time exceeded: Hop limit";
      case PACKET_TOO_BIG -> "Packet too big";
      case PARAMETER_PROBLEM -> "Parameter problem";
      default -> "Destination unreachable";
    };
  }
}
