package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** {@code kubectl pingcheck}: kubectl itself finds tools/kubectl-pingcheck on the PATH. */
record Plugin(Pods pods) {
  private static final String KUBECTL =
      "PATH=$PATH:" + Pods.path("tools") + " exec kubectl pingcheck \"$@\"";

  Node.Result attempt(String... words) {
    return pods.node()
        .attempt(
            Stream.concat(Stream.of("sh", "-c", KUBECTL, "sh"), Stream.of(words))
                .toArray(String[]::new));
  }

  String run(String... words) {
    Node.Result result = attempt(words);
    assertThat(result.exitCode()).as(String.join(" ", words) + ": " + result.err()).isZero();
    return result.out();
  }

  void saysWhyACheckIsBad() {
    assertThat(run("why", "lossy"))
        .contains("of 4 echo requests to 198.51.100.20 were lost")
        .contains("LossThresholdExceeded")
        .contains("\nLast rounds, the newest first\n")
        .containsPattern(
            "(?m)^ +[0-9ms]+ ago  3 of 4 answered, loss  25 %, rtt \\S+ median, \\S+ max; bad: loss$");
  }

  void listsTheWorstFirst() {
    assertThat(
            run("top", "--once")
                .lines()
                .skip(1)
                .map(line -> line.split(" ")[0])
                .filter(Truth.CHECKS::contains))
        .containsExactlyElementsOf(List.of("dead", "lossy", "good"));
  }

  /** And leaves nothing behind. */
  void pingsFromTheCluster() {
    JsonNode summary =
        Node.parse(run("run", "198.51.100.10", "-c", "1", "-o", "json").lines().toList().getLast());
    assertThat(summary.path("received").asInt()).isEqualTo(1);
    assertThat(pods.node().run("kubectl", "get", "pingchecks", "-o", "name"))
        .doesNotContain("run-");
  }
}
