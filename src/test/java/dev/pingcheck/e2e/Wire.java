package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The echo requests to one host of the node and its replies, as tcpdump sees them pass. */
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long NANOS = 1_000_000_000;
  private static final Pattern LINE =
      Pattern.compile(
          "^(\\d+)\\.(\\d{6}) .*IP ([0-9.]+) > ([0-9.]+): ICMP echo (request|reply),.*");

  /**
   * One that passed.
   *
   * @param prober the address of the pod that asks
   */
  private record Packet(Instant at, String prober, boolean isReply) {}

  private final Node.Running tcpdump;
  private String ended;

  private Wire(Node.Running tcpdump) {
    this.tcpdump = tcpdump;
  }

  /** Looks from now on. */
  static Wire of(Node node, String host) {
    Wire wire =
        new Wire(
            node.begin(
                "tcpdump", "-i", "any", "-nn", "-tt", "-l", "-Z", "root", "icmp and host " + host));
    await()
        .atMost(PATIENCE)
        .until(() -> wire.tcpdump.complaintsSoFar().contains("listening on any"));
    return wire;
  }

  private List<Packet> packets() {
    return (ended == null ? tcpdump.soFar() : ended)
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(Wire::packet)
        .toList();
  }

  private static Packet packet(Matcher parts) {
    Instant at =
        Instant.ofEpochSecond(
            Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)) * NANOS / 1_000_000);
    boolean isReply = parts.group(5).equals("reply");
    return new Packet(at, parts.group(isReply ? 4 : 3), isReply);
  }

  /** Who has asked. */
  Set<String> probers() {
    return packets().stream().map(Packet::prober).collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many replies a pod had before a time, or as many as it could have. */
  long replies(String prober, Instant before) {
    return packets().stream()
        .filter(Packet::isReply)
        .filter(packet -> packet.prober().equals(prober) && packet.at().isBefore(before))
        .count();
  }

  /** When a pod has asked for the first time. */
  Instant firstRequest(String prober) {
    return packets().stream()
        .filter(packet -> packet.prober().equals(prober))
        .map(Packet::at)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    ended = tcpdump.end();
  }
}
