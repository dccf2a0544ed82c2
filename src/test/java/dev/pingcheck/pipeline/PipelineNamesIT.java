package dev.pingcheck.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user sees of DNS, on a real API server, a real DNS server and a real network. */
class PipelineNamesIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  @Test
  void deadDnsLeavesAKnownNameHealthyAndItsStatusTellsTheAgeOfTheAddress() throws Exception {
    try (Lab lab = Lab.builder().hosts("a").dns("host-record=a.lab.test,192.0.2.10,0").open();
        Pipeline pipeline = new Pipeline(api, lab).start()) {
      pipeline.apply("name", "a.lab.test");
      pipeline.awaitCondition("name", "Healthy", "True");
      lab.dns().dropAll();
      PingCheck stale = pipeline.await("name", "stale", c -> reason(c).equals("StaleAddress"));
      assertThat(Pipeline.condition(stale, "Resolved")).isEqualTo("True");
      assertThat(message(stale))
          .matches(
              "Using 192\\.0\\.2\\.10, known for [0-9]+ s: No DNS server answered in time for"
                  + " a\\.lab\\.test \\(asked 192\\.0\\.2\\.53\\)\\.");
      pipeline.apply("new", "b.lab.test");
      pipeline.awaitCondition("new", "Resolved", "False");
      pipeline.awaitRounds("name", 2);
      assertThat(Pipeline.condition(pipeline.get("name"), "Healthy")).isEqualTo("True");
      lab.dns().heal();
      PingCheck back = pipeline.await("name", "resolved", c -> reason(c).equals("Resolved"));
      assertThat(back.getStatus().getAddress()).isEqualTo("192.0.2.10");
      assertThat(pipeline.events("name")).isEmpty();
    }
  }

  private static String reason(PingCheck check) {
    return resolved(check).getReason();
  }

  private static String message(PingCheck check) {
    return resolved(check).getMessage();
  }

  private static io.fabric8.kubernetes.api.model.Condition resolved(PingCheck check) {
    return check.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("Resolved"))
        .findFirst()
        .orElseThrow();
  }
}
