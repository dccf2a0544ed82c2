package dev.pingcheck.plan;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.Rules;
import dev.pingcheck.crd.Thresholds;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of the CRD once more: the API server may have an older CRD than this operator. Each
 * sentence starts with its field.
 */
final class SpecFaults {
  private static final Set<String> FAMILIES = Set.of("Any", "IPv4", "IPv6", "DualStack");
  private static final Set<String> ADDRESSES = Set.of("First", "All");

  private static final Set<String> CAPTURES = Set.of("Never", "OnLoss");

  private static final String NODES = "from.nodeSelector";
  private static final String LABEL_WORD = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final Pattern LABEL_VALUE = Pattern.compile("(" + LABEL_WORD + ")?");
  private static final Pattern LABEL_KEY =
      Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?" + LABEL_WORD);

  private final PingCheckSpec spec;
  private final Thresholds thresholds;

  private SpecFaults(PingCheckSpec spec) {
    this.spec = spec;
    this.thresholds = SpecDefaults.thresholds(spec);
  }

  /** The first fault of a spec, if it has one. */
  static Optional<String> first(PingCheckSpec spec) {
    return new SpecFaults(spec).first();
  }

  private Optional<String> first() {
    return firstOf(
        this::hostname,
        () -> within("count", SpecDefaults.count(spec), 1, 1000),
        this::times,
        this::choices,
        () -> within("payloadSize", SpecDefaults.payloadSize(spec), 16, 65507),
        () -> within("ttl", SpecDefaults.ttl(spec), 1, 255),
        () -> within("dscp", SpecDefaults.dscp(spec), 0, 63),
        this::thresholds,
        this::nodes);
  }

  private Optional<String> hostname() {
    if (spec.getHostname() == null) {
      return fault("hostname", "write a DNS name or an IP address");
    }
    return Hostname.fault(spec.getHostname()).flatMap(sentence -> fault("hostname", sentence));
  }

  private Optional<String> times() {
    return firstOf(
        () -> within("interval", SpecDefaults.interval(spec), Bounds.INTERVAL),
        () -> within("timeout", SpecDefaults.timeout(spec), Bounds.TIMEOUT),
        () -> within("period", spec.getPeriod(), Bounds.PERIOD),
        this::roundFits);
  }

  private Optional<String> roundFits() {
    if (spec.getPeriod() == null) {
      return Optional.empty();
    }
    Duration round =
        Planner.duration(SpecDefaults.interval(spec)).multipliedBy(SpecDefaults.count(spec) - 1L);
    return Planner.duration(spec.getPeriod()).compareTo(round) < 0
        ? fault("period", Rules.ROUND_FITS_SENTENCE)
        : Optional.empty();
  }

  private Optional<String> choices() {
    if (!FAMILIES.contains(SpecDefaults.ipFamily(spec))) {
      return fault("ipFamily", "write Any, IPv4, IPv6 or DualStack");
    }
    if (!ADDRESSES.contains(SpecDefaults.addresses(spec))) {
      return fault("addresses", "write First or All");
    }
    if (!CAPTURES.contains(SpecDefaults.capture(spec))) {
      return fault("capture", "write Never or OnLoss");
    }
    return familyFits() ? Optional.empty() : fault("ipFamily", Rules.FAMILY_FITS_SENTENCE);
  }

  private boolean familyFits() {
    String family = SpecDefaults.ipFamily(spec);
    return switch (Hostname.kind(spec.getHostname())) {
      case NAME -> true;
      case IPV4 -> family.equals("Any") || family.equals("IPv4");
      case IPV6 -> family.equals("Any") || family.equals("IPv6");
    };
  }

  private Optional<String> thresholds() {
    EffectiveThresholds limits = EffectiveThresholds.of(spec);
    return firstOf(
        () -> within("thresholds.lossPercent", limits.lossPercent(), 1, 100),
        () -> within("thresholds.recoveryLossPercent", limits.recoveryLossPercent(), 1, 100),
        () ->
            limits.recoveryLossPercent() > limits.lossPercent()
                ? fault("thresholds.recoveryLossPercent", Rules.RECOVERY_FITS_SENTENCE)
                : Optional.empty(),
        () -> within("thresholds.rtt", thresholds.getRtt(), Bounds.RTT),
        () ->
            limits.rtt().orElse(Duration.ZERO).compareTo(timeout()) > 0
                ? fault("thresholds.rtt", Rules.RTT_FITS_SENTENCE)
                : Optional.empty(),
        () -> within("thresholds.failureThreshold", limits.failureThreshold(), 1, 100),
        () -> within("thresholds.successThreshold", limits.successThreshold(), 1, 100));
  }

  private Optional<String> nodes() {
    Map<String, String> labels = SpecDefaults.nodes(spec).labels();
    return firstOf(
        () -> labels.size() > 16 ? fault(NODES, "write at most 16 labels") : Optional.empty(),
        () ->
            labels.keySet().stream().allMatch(key -> LABEL_KEY.matcher(key).matches())
                ? Optional.empty()
                : fault(NODES, Rules.LABEL_KEYS_SENTENCE),
        () ->
            labels.values().stream().allMatch(value -> LABEL_VALUE.matcher(value).matches())
                ? Optional.empty()
                : fault(NODES, Rules.LABEL_VALUES_SENTENCE));
  }

  private Duration timeout() {
    return Planner.duration(SpecDefaults.timeout(spec));
  }

  /** Shortest and longest, and the sentence for what is neither. */
  private enum Bounds {
    INTERVAL(Duration.ofMillis(10), Duration.ofHours(1), Rules.INTERVAL_SENTENCE),
    PERIOD(Duration.ofSeconds(1), Duration.ofHours(24), Rules.PERIOD_SENTENCE),
    TIMEOUT(Duration.ofMillis(10), Duration.ofMinutes(1), Rules.TIMEOUT_SENTENCE),
    RTT(Duration.ofNanos(1_000), Duration.ofMinutes(1), Rules.RTT_SENTENCE);

    private final Duration shortest;
    private final Duration longest;
    private final String sentence;

    Bounds(Duration shortest, Duration longest, String sentence) {
      this.shortest = shortest;
      this.longest = longest;
      this.sentence = sentence;
    }
  }

  private static Optional<String> within(String field, String text, Bounds bounds) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Duration> duration = Durations.parse(text);
    if (duration.isEmpty()) {
      return fault(field, Rules.DURATION_SENTENCE);
    }
    Duration value = duration.get();
    return value.compareTo(bounds.shortest) < 0 || value.compareTo(bounds.longest) > 0
        ? fault(field, bounds.sentence)
        : Optional.empty();
  }

  private static Optional<String> within(String field, int value, int min, int max) {
    return value < min || value > max
        ? fault(field, "write a number from " + min + " to " + max)
        : Optional.empty();
  }

  private static Optional<String> fault(String field, String sentence) {
    return Optional.of("spec." + field + ": " + sentence);
  }

  @SafeVarargs
  private static Optional<String> firstOf(Supplier<Optional<String>>... rules) {
    return Stream.of(rules).map(Supplier::get).flatMap(Optional::stream).findFirst();
  }
}
