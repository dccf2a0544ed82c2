package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.ProbeSource;
import dev.pingcheck.crd.Thresholds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run} pings and how: ping's options as a spec. */
final class TargetOptions {
  private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

  /** So many bad rounds in a row are an event; a look at a host should be none. */
  private static final int MOST_PATIENT = 100;

  @Parameters(paramLabel = "HOST", description = "A DNS name, an IPv4 or an IPv6 address.")
  String host;

  @Option(
      names = "-c",
      paramLabel = "COUNT",
      description = "Stop after that many echo requests. Default: go on until Ctrl-C.")
  Optional<Integer> count;

  @Option(
      names = "-i",
      paramLabel = "SECONDS",
      defaultValue = "1",
      converter = TimeSpan.class,
      description =
          "Time from one request to the next, from 0.01, or what the policy grants. Requests closer"
              + " than a second come in rounds of a second, a line each. Default: 1.")
  Duration interval;

  @Option(
      names = "-W",
      paramLabel = "SECONDS",
      defaultValue = "2",
      converter = TimeSpan.class,
      description = "How long each request waits for its reply. Default: 2.")
  Duration timeout;

  @Option(
      names = "-s",
      paramLabel = "SIZE",
      defaultValue = "56",
      description = "Octets of payload, from 16. Default: ${DEFAULT-VALUE}.")
  int size;

  @ArgGroup Family family = new Family();

  @Option(
      names = "--from",
      paramLabel = "LABEL=VALUE",
      description =
          "Ping from each node that has this label; several times: that has all of them. Default:"
              + " from one of the central probes.")
  Map<String, String> from = new LinkedHashMap<>();

  /** At most one of the two. */
  static final class Family {
    @Option(names = "-4", description = "Use IPv4 only.")
    boolean ipv4;

    @Option(names = "-6", description = "Use IPv6 only.")
    boolean ipv6;
  }

  /** The sentence for the first value that no spec can have. */
  Optional<String> fault() {
    if (count.isPresent() && count.get() < 1) {
      return Optional.of("-c must be at least 1, not " + count.get());
    }
    return interval.compareTo(SHORTEST_INTERVAL) < 0
        ? Optional.of("-i must be at least 0.01 seconds")
        : Optional.empty();
  }

  /** Echo requests a round: as many as fit a second, the shortest period of a check. */
  int perRound() {
    long fitting = Math.max(1, SHORTEST_PERIOD.dividedBy(interval));
    return (int) Math.min(fitting, count.orElse(Integer.MAX_VALUE));
  }

  /** Rounds to wait for; empty: until it is stopped. */
  Optional<Long> rounds() {
    return count.map(all -> (all + perRound() - 1L) / perRound());
  }

  Duration period() {
    Duration round = interval.multipliedBy(perRound());
    return round.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : round;
  }

  PingCheckSpec spec() {
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname(host);
    spec.setCount(perRound());
    spec.setInterval(Durations.exact(interval));
    spec.setPeriod(Durations.exact(period()));
    spec.setTimeout(Durations.exact(timeout));
    spec.setPayloadSize(size);
    if (family.ipv4 || family.ipv6) {
      spec.setIpFamily(family.ipv4 ? "IPv4" : "IPv6");
    }
    Thresholds thresholds = new Thresholds();
    thresholds.setFailureThreshold(MOST_PATIENT);
    spec.setThresholds(thresholds);
    if (!from.isEmpty()) {
      ProbeSource source = new ProbeSource();
      source.setNodeSelector(from);
      spec.setFrom(source);
    }
    return spec;
  }
}
