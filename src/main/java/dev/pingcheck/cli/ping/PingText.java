package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.util.List;
import java.util.Locale;

/** The lines that ping prints, as iputils words them. */
final class PingText {
  private static final int IPV4_AND_ICMP_HEADER = 28;
  private static final int SEQUENCES = 1 << 16;
  private static final double MILLISECOND = 1e6;

  private PingText() {}

  /**
   * The first line.
   *
   * @param from the words on source and interface, with a blank behind them, if there are any
   */
  static String header(PingHost host, String from) {
    int size = host.shape().payloadSize();
    String address = host.peer().text();
    return host.peer().family() == IpFamily.IPV4
        ? "PING %s (%s) %s%s(%s) bytes of data."
            .formatted(host.name(), address, from, text(size), text(size + IPV4_AND_ICMP_HEADER))
        : "PING %s(%s) %s%s data bytes".formatted(host.name(), address, from, text(size));
  }

  static String pattern(List<Byte> octets) {
    StringBuilder text = new StringBuilder("PATTERN: 0x");
    octets.forEach(octet -> text.append(String.format(Locale.ROOT, "%02x", octet)));
    return text.toString();
  }

  static String reply(Echo echo, Arrival arrival) {
    StringBuilder text = new StringBuilder();
    text.append(arrival.size()).append(" bytes from ").append(arrival.source().text());
    text.append(": icmp_seq=").append(sequence(echo));
    if (arrival.timeToLive() != Arrival.UNKNOWN) {
      text.append(" ttl=").append(arrival.timeToLive());
    }
    if (arrival.hasRtt()) {
      text.append(" time=").append(milliseconds(arrival.rtt())).append(" ms");
    }
    return text.toString();
  }

  /** The line for a packet that counts neither way. */
  static String stray(Echo echo, StrayKind kind, Arrival arrival) {
    return switch (kind) {
      case DUPLICATE -> reply(echo, arrival) + " (DUP!)";
      case LATE -> reply(echo, arrival) + " (LATE, counted as lost)";
      case CORRUPT ->
          from(echo, arrival) + "damaged reply (" + arrival.size() + " bytes), not counted";
      case TRUNCATED ->
          from(echo, arrival) + "truncated reply (" + arrival.size() + " bytes), not counted";
      case FORGED, FOREIGN -> from(echo, arrival) + "forged or foreign reply, not counted";
      // With a colon, as iputils has it here and for no other message.
      case REDIRECT ->
          "From %s: icmp_seq=%s %s"
              .formatted(arrival.source().text(), text(sequence(echo)), IcmpWords.of(arrival));
    };
  }

  static String error(Echo echo, Arrival error) {
    return from(echo, error) + IcmpWords.of(error);
  }

  static String notSent(Echo echo, LossReason reason) {
    return reason == LossReason.PACKET_TOO_BIG
        ? "local error: message too long"
        : "icmp_seq=" + sequence(echo) + " not sent: " + cause(reason, echo.peer());
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
      default -> "sending to " + peer.text() + " failed";
    };
  }

  /** iputils' precision: three digits behind the point below 1 ms, fewer above. */
  static String milliseconds(long nanos) {
    double ms = nanos / MILLISECOND;
    if (ms >= 99.95) {
      return String.format(Locale.ROOT, "%.0f", ms);
    }
    if (ms >= 9.995) {
      return String.format(Locale.ROOT, "%.1f", ms);
    }
    return String.format(Locale.ROOT, ms >= 0.9995 ? "%.2f" : "%.3f", ms);
  }

  /** Counted from 1, and as in the packet from 0 on again behind 65535. */
  static int sequence(int ordinal) {
    return (ordinal + 1) % SEQUENCES;
  }

  private static int sequence(Echo echo) {
    return sequence(echo.ordinal());
  }

  private static String from(Echo echo, Arrival arrival) {
    return "From " + arrival.source().text() + " icmp_seq=" + sequence(echo) + " ";
  }

  /** Digits that no locale changes. */
  private static String text(int number) {
    return Integer.toString(number);
  }
}
