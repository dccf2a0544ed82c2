package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private final ManyChecks checks = new ManyChecks();

  @Test
  void nodesThatFailComeFirstAndTheOthersByName() {
    checks.putFrom("net", "dns", Map.of("a", 0, "b", 100, "c", 100));
    checks.putFrom("net", "gateway", Map.of("a", 0, "b", 0, "c", 100, "d", 0));
    assertThat(matrix().nodes()).containsExactly("c", "b", "a", "d");
    assertThat(matrix().moreNodes()).isZero();
  }

  @Test
  void theFailingNodeAmongHundredsIsNotLeftOut() {
    Map<String, Integer> losses = new TreeMap<>();
    for (int i = 0; i < 250; i++) {
      losses.put("node-%03d".formatted(i), i == 249 ? 60 : 0);
    }
    checks.putFrom("net", "dns", losses);
    assertThat(matrix().nodes()).hasSize(Matrix.MOST_NODES).startsWith("node-249", "node-000");
    assertThat(matrix().moreNodes()).isEqualTo(150);
  }

  @Test
  void theChecksThatFailFromMostNodesComeFirst() {
    for (int i = 0; i < Matrix.MOST_CHECKS + 5; i++) {
      checks.putFrom("net", "fine-%03d".formatted(i), Map.of("a", 0));
    }
    checks.putFrom("net", "one", Map.of("a", 100, "b", 0));
    checks.putFrom("net", "two", Map.of("a", 100, "b", 100));
    assertThat(matrix().lines())
        .hasSize(Matrix.MOST_CHECKS)
        .extracting(line -> line.check().getMetadata().getName())
        .startsWith("two", "one", "fine-000");
    assertThat(matrix().moreChecks()).isEqualTo(7);
  }

  @Test
  void whatIsStoredOfACheckListsTheWorstNodesAloneAndTheOthersAreCounted() {
    checks.putFrom("net", "dns", Map.of("a", 100));
    checks.check("net", "dns").orElseThrow().getStatus().setSourceCount(1_000);
    assertThat(matrix().lines().getFirst().unlisted()).isEqualTo(999);
  }

  private Matrix matrix() {
    return Matrix.of(checks.checks().map(check -> new Matrix.Line(check, check.getStatus())));
  }
}
