package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.Rendezvous.Drawer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  private static final List<String> CHECKS =
      IntStream.range(0, 1000)
          .mapToObj(n -> UUID.nameUUIDFromBytes(("check-" + n).getBytes()).toString())
          .toList();

  private static Map<String, String> winners(String... probes) {
    Map<String, String> winners = new HashMap<>();
    for (String check : CHECKS) {
      Stream<Drawer> drawers = Stream.of(probes).map(Drawer::of);
      winners.put(check, Rendezvous.winner(check, drawers).orElseThrow().name());
    }
    return winners;
  }

  @Test
  void nobodyWinsWhereNobodyDraws() {
    assertThat(Rendezvous.winner("uid-1", Stream.of())).isEmpty();
  }

  @Test
  void theSharesAreNearlyEqualThoughTheNamesOfPodsAreAlike() {
    String[] pods =
        IntStream.range(0, 5).mapToObj(n -> "pingcheck-probe-central-" + n).toArray(String[]::new);
    Map<String, Long> shares =
        winners(pods).values().stream()
            .collect(Collectors.groupingBy(pod -> pod, Collectors.counting()));
    assertThat(shares).hasSize(5);
    assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(160L, 240L));
  }

  @Test
  void aFourthProbeTakesAQuarterAndMovesNothingElse() {
    Map<String, String> before = winners("a", "b", "c");
    Map<String, String> after = winners("a", "b", "c", "d");
    List<String> moved =
        CHECKS.stream().filter(check -> !before.get(check).equals(after.get(check))).toList();
    assertThat(moved).allSatisfy(check -> assertThat(after.get(check)).isEqualTo("d"));
    assertThat(moved).hasSizeBetween(200, 300);
  }

  @Test
  void theOrderOfTheProbesIsNoMatter() {
    assertThat(winners("c", "a", "b")).isEqualTo(winners("a", "b", "c"));
  }
}
