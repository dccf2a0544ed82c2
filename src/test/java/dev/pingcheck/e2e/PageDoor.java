package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Pods.Container;
import java.util.List;

/** The page for people: {@code kubectl port-forward} leads to it, and nothing else. */
record PageDoor(Pods pods) {
  private static final int OPEN = 8080;
  private static final int PAGE = 8081;

  void leadsToThePageAndItsChecks() {
    try (Forward page = Forward.to(pods, Pods.OPERATORS)) {
      assertThat(page.get("/")).contains("<title>PingCheck</title>");
      // The page follows by a watch of its own.
      Pods.await()
          .untilAsserted(() -> {
            String rows = page.listen("/api/changes");
            for (String check : Truth.CHECKS) {
              assertThat(rows).contains("\"" + check + "\"");
              assertThat(page.json("/api/checks/default/" + check).at("/status/conditions"))
                  .isEqualTo(pods.check(check).at("/status/conditions"));
            }
          });
    }
  }

  /** From the network of the pod beside, where the metrics are reached by the same ways. */
  void isOpenToNoOtherPod() {
    List<Container> operators = pods.containers("operator");
    String service =
        pods.kubectl("get", "service", "pingcheck", "-o", "jsonpath={.spec.clusterIP}");
    for (String host : List.of(operators.getFirst().address(), service)) {
      assertThat(dial(operators.getLast(), host, OPEN).succeeded())
          .as("the way to " + host)
          .isTrue();
      Node.Result refused = dial(operators.getLast(), host, PAGE);
      assertThat(refused.succeeded()).isFalse();
      assertThat(refused.err()).contains("Failed to connect", Integer.toString(PAGE));
    }
  }

  private Node.Result dial(Container from, String host, int port) {
    return pods.node()
        .attempt(
            "nsenter",
            "--target",
            from.pid(),
            "--net",
            "--",
            "curl",
            "-sS",
            "--connect-timeout",
            "2",
            "-o",
            "/dev/null",
            "http://" + host + ":" + port + "/");
  }
}
