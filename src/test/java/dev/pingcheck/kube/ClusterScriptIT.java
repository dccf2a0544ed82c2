package dev.pingcheck.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cluster that every other test stands on. */
class ClusterScriptIT {
  private static final int PATIENCE_SECONDS = 600;

  @Test
  void theScriptKeepsItsPromises() {
    Script.Result result = Script.run(Map.of(), PATIENCE_SECONDS, List.of("tools/test-cluster"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }
}
