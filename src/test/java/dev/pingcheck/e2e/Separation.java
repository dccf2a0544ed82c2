package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Pods.Container;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Two containers with half of the rights each, in both pods with an operator. */
record Separation(Pods pods) {
  private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";
  private static final String DIAL =
      "exit 0 if IO::Socket::UNIX->new(Peer => '/run/pingcheck/link.sock'); print qq($!); exit 1";
  private static final String ASK_API_SERVER =
      "printf 'GET /apis/pingcheck.dev/v1alpha1/pingchecks HTTP/1.0\\r\\nHost: api\\r\\n\\r\\n'"
          + " | openssl s_client -quiet -connect 10.0.0.1:443 2>/dev/null";

  void bothProcessesRunFromTheirAotCaches() {
    for (String name : List.of("operator", "probe")) {
      assertThat(pods.containers(name))
          .hasSize(2)
          .allSatisfy(each ->
              assertThat(pods.node().run("cat", "/proc/" + each.pid() + "/maps"))
                  .contains("/opt/pingcheck/" + name + ".aot"));
    }
  }

  /** With raw sockets. */
  void probeHasNetRawAndTheOperatorHasNothing() {
    assertThat(pods.containers("probe"))
        .hasSize(2)
        .allSatisfy(each -> Privileges.areThose(pods, each, Privileges.NET_RAW, "0"));
    operatorHasNothing();
  }

  /** With ping sockets. */
  void nobodyHasAnything() {
    assertThat(pods.containers("probe"))
        .hasSize(2)
        .allSatisfy(each -> Privileges.areThose(pods, each, Privileges.NONE, "65533"));
    operatorHasNothing();
  }

  private void operatorHasNothing() {
    assertThat(pods.containers("operator"))
        .hasSize(2)
        .allSatisfy(each -> Privileges.areThose(pods, each, Privileges.NONE, "65532"));
  }

  void probeHasNoTokenAndIsNobodyToTheApiServer() {
    for (Container probe : pods.containers("probe")) {
      assertThat(pods.node().run("cat", "/proc/" + probe.pid() + "/mountinfo"))
          .doesNotContain("secrets");
      assertThat(
              pods.node()
                  .run(
                      "find",
                      Pods.file(probe, "/run"),
                      Pods.file(probe, "/var"),
                      "-name",
                      "*token*"))
          .isEmpty();
      String answer =
          pods.node()
              .run("nsenter", "--target", probe.pid(), "--net", "--", "sh", "-c", ASK_API_SERVER);
      assertThat(answer).startsWith("HTTP/1.0 403").contains("system:anonymous");
    }
  }

  void operatorsTokenCanDoWhatItsRolesSayAndNoMore() {
    pods.node().run("kubectl", "create", "serviceaccount", "nobody");
    pods.node().run("sh", "-c", "umask 077; kubectl create token nobody >/run/nobody.token");
    String token = Pods.file(pods.containers("operator").getFirst(), TOKEN);
    String folder = Path.of("k8s/rbac/operator.yaml").toAbsolutePath().toString();
    assertThat(rightsIn("default", token))
        .isEqualTo(Rights.granted(pods.node(), folder, Set.of("ClusterRole")));
    assertThat(rightsIn("pingcheck-system", token))
        .isEqualTo(Rights.granted(pods.node(), folder, Set.of("ClusterRole", "Role")));
  }

  /** Beyond what each account may do that nobody gave any right. */
  private Rights rightsIn(String namespace, String token) {
    return Rights.of(pods.node(), token, namespace)
        .without(Rights.of(pods.node(), "/run/nobody.token", namespace));
  }

  void linksSocketIsReachedByItsGroupAlone() {
    // Of the pod that leads: one that was stopped may be starting again.
    Container stranger = pods.sibling(pods.leaders("operator"), "stranger");
    Node.Result refused = pods.inContainer(stranger, "perl", "-MIO::Socket::UNIX", "-e", DIAL);
    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.out()).isEqualTo("Permission denied");
    Node.Result reached =
        pods.inContainer(
            pods.sibling(stranger, "friend"), "perl", "-MIO::Socket::UNIX", "-e", DIAL);
    assertThat(reached.succeeded()).as("the way it was tried works: " + reached.err()).isTrue();
  }
}
