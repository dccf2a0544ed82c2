package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pingcheck.e2e.Pods.Container;
import java.util.List;

/** What the containers of the pods with an operator write. */
record Logs(Pods pods) {
  private static final List<String> OF_EVERY_LINE = List.of("time", "level", "logger", "message");

  /** From the first line on, without being told; also what the JVM and its threads have to say. */
  void areJsonOneObjectALine() {
    for (String name : List.of("operator", "probe")) {
      for (Container each : pods.containers(name)) {
        List<JsonNode> lines =
            pods.kubectl("logs", each.pod(), "-c", name).lines().map(Node::parse).toList();
        assertThat(lines)
            .as(name)
            .isNotEmpty()
            .allMatch(
                line -> OF_EVERY_LINE.stream().allMatch(field -> line.path(field).isTextual()));
      }
    }
  }
}
