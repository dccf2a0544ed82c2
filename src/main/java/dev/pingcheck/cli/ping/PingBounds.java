package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges what was typed, and says what to write instead. */
final class PingBounds {
  private static final double SHORTEST_INTERVAL = 0.002;
  private static final double SHORTEST_WAIT = 0.001;
  private static final double LONGEST = 86_400;
  private static final double NANOS = 1e9;
  private static final int MOST_HOSTS = 1000;

  private final PingArguments typed;
  private final boolean root;

  /**
   * @param root whether the user may flood
   */
  PingBounds(PingArguments typed, boolean root) {
    this.typed = typed;
    this.root = root;
  }

  /** The sentence for the first value that is out of bounds. */
  Optional<String> fault() {
    return countFault()
        .or(this::intervalFault)
        .or(() -> secondsFault("-W", typed.timeout))
        .or(() -> secondsFault("-w", typed.deadline))
        .or(this::packetFault)
        .or(this::hostFault)
        .or(this::outputFault);
  }

  /** The options, if there is no fault. */
  PingOptions options() {
    return new PingOptions(
        List.copyOf(typed.hosts),
        families(),
        typed.mode,
        List.copyOf(typed.origins),
        new PingOptions.Packet(
            typed.size,
            typed.ttl,
            typed.trafficClass,
            typed.discovery,
            typed.pattern.map(Converters.Octets::values).orElse(List.of())),
        new PingOptions.Schedule(
            typed.count.orElse(PingOptions.Schedule.NO_END),
            Math.round(interval() * NANOS),
            nanos(typed.timeout),
            nanos(typed.deadline)),
        new PingOptions.Output(
            typed.quiet,
            typed.verbose,
            typed.timeStamps,
            typed.outstanding,
            typed.flood,
            typed.json));
  }

  private Optional<String> countFault() {
    return typed.count.filter(count -> count < 1).map(c -> "-c must be at least 1, not " + c);
  }

  private Optional<String> intervalFault() {
    double seconds = interval();
    // NaN fails each comparison.
    if (!(seconds >= 0 && seconds <= LONGEST)) {
      return Optional.of("-i must be 0.002 to 86400 seconds, not " + seconds);
    }
    if (seconds < SHORTEST_INTERVAL && !root) {
      return Optional.of(
          "only root may send faster than every 0.002 seconds: give -i 0.002 or more");
    }
    return seconds < SHORTEST_INTERVAL && typed.hosts.size() > 1
        ? Optional.of("a flood takes one HOST: give -i 0.002 or more for several")
        : Optional.empty();
  }

  private Optional<String> packetFault() {
    if (typed.size >= 0 && typed.size < EchoFormat.MIN_PAYLOAD) {
      return Optional.of(
          "-s must be at least 16, not "
              + typed.size
              + ": the cookie by which a reply is known and its request's number take 16 octets");
    }
    if (typed.size < 0 || typed.size > EchoFormat.MAX_PAYLOAD) {
      return Optional.of("-s must be 16 to 65507 octets, not " + typed.size);
    }
    return typed.ttl < 1 || typed.ttl > 255
        ? Optional.of("-t must be 1 to 255, not " + typed.ttl)
        : Optional.empty();
  }

  private Optional<String> hostFault() {
    if (typed.hosts.size() > MOST_HOSTS) {
      return Optional.of("give at most 1000 hosts, not " + typed.hosts.size());
    }
    return typed.hosts.stream().map(HostName::fault).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> outputFault() {
    if (typed.flood && typed.json) {
      return Optional.of("-f prints dots and --json objects: choose one of them");
    }
    return typed.flood && typed.hosts.size() > 1
        ? Optional.of("-f takes one HOST")
        : Optional.empty();
  }

  private static Optional<String> secondsFault(String option, Double seconds) {
    return seconds == null || (seconds >= SHORTEST_WAIT && seconds <= LONGEST)
        ? Optional.empty()
        : Optional.of(option + " must be 0.001 to 86400 seconds, not " + seconds);
  }

  private double interval() {
    return Objects.requireNonNullElse(typed.interval, typed.flood ? 0.0 : 1.0);
  }

  private IpFamilies families() {
    if (typed.family.ipv4) {
      return IpFamilies.IPV4;
    }
    return typed.family.ipv6 ? IpFamilies.IPV6 : IpFamilies.ANY;
  }

  private static OptionalLong nanos(Double seconds) {
    return seconds == null ? OptionalLong.empty() : OptionalLong.of(Math.round(seconds * NANOS));
  }
}
