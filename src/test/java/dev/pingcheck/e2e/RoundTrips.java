package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pingcheck.e2e.Pods.Container;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The round-trip times that a check's status tells. */
final class RoundTrips {
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern TEXT = Pattern.compile("([0-9.]+)(ns|µs|ms|s)");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ns", BigDecimal.ONE,
          "µs", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000));

  private RoundTrips() {}

  static void areTheNetworksWhenTheProcessorIsShort(Pods pods) throws IOException {
    pods.create("brisk", "198.51.100.40", Duration.ofSeconds(1), "");
    Duration free = of(pods, "brisk", ROUNDS);
    Container probe = pods.leaders("probe");
    CpuQuota.limit(pods, probe, "100m");
    long before = CpuQuota.throttled(pods, probe);
    Node.Running hog = CpuQuota.hog(pods, probe);
    await().atMost(PATIENCE).until(() -> CpuQuota.throttled(pods, probe) - before > 20);
    long held = CpuQuota.throttled(pods, probe);
    Duration governed = of(pods, "brisk", ROUNDS);
    long times = CpuQuota.throttled(pods, probe) - held;
    hog.end();
    assertThat(times).as("times that the quota has held the container meanwhile").isPositive();
    // For docs/images.md: both in one run.
    Files.writeString(
        Path.of("target/e2e-round-trip-times.txt"),
        "%s free, %s under quota, held %d times%n".formatted(free, governed, times));
    assertThat(governed)
        .as("the median under quota, which holds for 90 ms at a time; without it was " + free)
        .isLessThan(Duration.ofMillis(20));
  }

  /** The median of the averages of so many rounds from now on. */
  private static Duration of(Pods pods, String check, int rounds) {
    Map<String, Duration> averages = new TreeMap<>();
    String first = pods.check(check).at("/status/lastRound/startTime").asText();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          JsonNode round = pods.check(check).at("/status/lastRound");
          String start = round.path("startTime").asText();
          if (!start.equals(first)) {
            averages.put(start, parse(round.at("/rtt/avg").asText()));
          }
          return averages.size() >= rounds;
        });
    return List.copyOf(averages.values()).stream().sorted().toList().get(rounds / 2);
  }

  static Duration parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new AssertionError("no round-trip time: " + text);
    }
    return Duration.ofNanos(
        new BigDecimal(parts.group(1)).multiply(NANOS.get(parts.group(2))).longValue());
  }
}
