package dev.pingcheck.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Capture;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.lab.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The policy from the API server to the wire: a real DNS server changes its mind, a capture sees.
 */
class PolicyIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String POLICY = "pipeline-policy";
  private static final int PCAP_HEADER = 24;

  private static Path hosts;
  private static Lab lab;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() throws IOException {
    hosts = Files.createTempFile("policy-hosts", "");
    lab = Lab.builder().hosts("a", "b").dns("addn-hosts=" + hosts).open();
    // Without a route nothing would leave anyway, and the capture would prove nothing.
    lab.prober().exec("ip", "route", "add", "default", "via", lab.host("a").address4());
    lab.prober().exec("ip", "-6", "route", "add", "default", "via", lab.host("a").address6());
    pipeline = new Pipeline(api, lab).start();
  }

  @AfterAll
  static void stop() throws IOException {
    try {
      pipeline.close();
    } finally {
      lab.close();
      Files.delete(hosts);
    }
  }

  @BeforeEach
  @AfterEach
  void noPolicy() {
    api.kubectl("delete", "pingpolicy", POLICY, "--ignore-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fe80::1",
        "127.0.0.1"
      })
  void nameThatIsReboundToAForbiddenAddressIsNeverSentTo(String forbidden) throws IOException {
    String check = "rebound-" + forbidden.replaceAll("[^0-9a-f]+", "-");
    String name = check + ".test";
    resolve(name, lab.host("a").address4(), lab.host("a").address6());
    pipeline.apply(check, name);
    pipeline.awaitCondition(check, "Healthy", "True");
    Path file = Files.createTempFile(check, ".pcap");
    try {
      PingCheck refused;
      try (Capture capture = lab.capture(file, "any", toAnyoneButTheHosts())) {
        resolve(name, forbidden);
        refused =
            pipeline.await(
                check, "forbidden", c -> reason(c, "Resolved").equals("TargetForbidden"));
        pipeline.awaitRounds(check, 3);
      }
      assertThat(Files.size(file)).as("a capture without a packet").isEqualTo(PCAP_HEADER);
      assertThat(message(refused, "Resolved"))
          .startsWith(name + " is not pinged: ")
          .contains("which is denied unless a PingPolicy allows it by name");
      assertThat(reason(refused, "Healthy")).isEqualTo("TargetForbidden");
      assertThat(Pipeline.condition(refused, "Healthy")).isEqualTo("Unknown");
      resolve(name, lab.host("a").address4(), lab.host("a").address6());
      pipeline.awaitCondition(check, "Healthy", "True");
      // The event follows the status; another family may be pinged than before.
      Awaitility.await()
          .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
          .untilAsserted(() ->
              assertThat(pipeline.events(check))
                  .filteredOn(reason -> !reason.equals("AddressChanged"))
                  .containsExactly("TargetForbidden", "ResolutionRestored"));
    } finally {
      Files.delete(file);
      pipeline.delete(check);
    }
  }

  @Test
  void policyThatAllowsItByNameLetsItBeSentToAndItsEndStopsThat() throws IOException {
    resolve("metadata.test", "169.254.169.254");
    pipeline.apply("metadata", "metadata.test");
    pipeline.await("metadata", "forbidden", c -> reason(c, "Resolved").equals("TargetForbidden"));
    Path file = Files.createTempFile("metadata", ".pcap");
    try {
      try (Capture capture = lab.capture(file, "any", toAnyoneButTheHosts())) {
        policy("allow: [0.0.0.0/0, '::/0', 169.254.169.254/32]");
        pipeline.await(
            "metadata", "pinged", c -> "169.254.169.254".equals(c.getStatus().getAddress()));
      }
      assertThat(Files.size(file)).as("a capture with packets").isGreaterThan(PCAP_HEADER);
      api.kubectl("delete", "pingpolicy", POLICY);
      pipeline.await("metadata", "forbidden", c -> reason(c, "Resolved").equals("TargetForbidden"));
      try (Capture capture = lab.capture(file, "any", toAnyoneButTheHosts())) {
        pipeline.awaitRounds("metadata", 2);
      }
      assertThat(Files.size(file)).as("a capture without a packet").isEqualTo(PCAP_HEADER);
      Awaitility.await()
          .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
          .untilAsserted(() ->
              assertThat(pipeline.events("metadata"))
                  .startsWith("TargetForbidden", "ResolutionRestored")
                  .endsWith("TargetForbidden"));
    } finally {
      Files.delete(file);
      pipeline.delete("metadata");
    }
  }

  @Test
  void forbiddenLiteralIsRefusedOnceAndAcceptedWhenAPolicyAllowsIt() {
    pipeline.apply("literal", "127.0.0.1");
    PingCheck refused = pipeline.awaitCondition("literal", "Accepted", "False");
    assertThat(reason(refused, "Accepted")).isEqualTo("TargetForbidden");
    assertThat(message(refused, "Accepted"))
        .isEqualTo(
            "spec.hostname: 127.0.0.1 is in 127.0.0.0/8 (loopback), which is denied unless a"
                + " PingPolicy allows it by name: write a host that may be pinged, or ask for a"
                + " PingPolicy that allows this one");
    policy("allow: [127.0.0.0/8]");
    pipeline.awaitCondition("literal", "Healthy", "True");
    policy("allow: [127.0.0.0/8], deny: [127.0.0.1/32]");
    refused = pipeline.awaitCondition("literal", "Accepted", "False");
    assertThat(message(refused, "Accepted"))
        .contains("127.0.0.1 is in 127.0.0.1/32, which PingPolicy " + POLICY + " denies");
    // The event follows the status.
    Awaitility.await()
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .untilAsserted(() ->
            assertThat(pipeline.events("literal"))
                .containsExactly("TargetForbidden", "TargetForbidden"));
    pipeline.delete("literal");
  }

  @Test
  void theYoungestChecksAreRefusedAndTakenInWhenThereIsRoom() {
    String address = lab.host("b").address4();
    pipeline.apply("older", address);
    pipeline.awaitCondition("older", "Healthy", "True");
    Awaitility.await().pollDelay(1100, TimeUnit.MILLISECONDS).until(() -> true);
    pipeline.apply("younger", address);
    pipeline.awaitCondition("younger", "Healthy", "True");
    policy("limits: {checks: 1}");
    PingCheck refused = pipeline.awaitCondition("younger", "Accepted", "False");
    assertThat(reason(refused, "Accepted")).isEqualTo("LimitExceeded");
    assertThat(message(refused, "Accepted"))
        .startsWith("PingPolicy " + POLICY + " grants this namespace 1 checks");
    assertThat(Pipeline.condition(pipeline.get("older"), "Accepted")).isEqualTo("True");
    pipeline.delete("older");
    pipeline.awaitCondition("younger", "Healthy", "True");
    policy("limits: {echoesPerSecond: 3}"); // it asks for four
    refused = pipeline.awaitCondition("younger", "Accepted", "False");
    assertThat(message(refused, "Accepted")).contains("leave too little for the 4 of this one");
    policy("limits: {echoesPerSecond: 4}");
    pipeline.awaitCondition("younger", "Healthy", "True");
    assertThat(pipeline.events("younger")).isEmpty();
    pipeline.delete("younger");
  }

  @Test
  void namespaceThatIsLabelledComesUnderThePolicyOfItsLabel() {
    pipeline.apply("labelled", lab.host("b").address4());
    pipeline.awaitCondition("labelled", "Healthy", "True");
    applyPolicy("{matchLabels: {pipeline-team: shop}}", "deny: [192.0.2.0/24]");
    api.kubectl("label", "namespace", pipeline.namespace(), "pipeline-team=shop");
    pipeline.await("labelled", "refused", c -> reason(c, "Accepted").equals("TargetForbidden"));
    api.kubectl("label", "namespace", pipeline.namespace(), "pipeline-team-");
    pipeline.awaitCondition("labelled", "Healthy", "True");
    pipeline.delete("labelled");
  }

  @Test
  void restartOfEitherSideNeitherRepeatsTheEventNorSendsAPacket() throws IOException {
    resolve("restarted.test", "169.254.169.254");
    pipeline.apply("restarted", "restarted.test");
    pipeline.await("restarted", "forbidden", c -> reason(c, "Resolved").equals("TargetForbidden"));
    Path file = Files.createTempFile("restarted", ".pcap");
    try {
      try (Capture capture = lab.capture(file, "any", toAnyoneButTheHosts())) {
        pipeline.killOperator();
        pipeline.killProbe();
        pipeline.startOperator();
        pipeline.startProbe();
        pipeline.awaitReady();
        pipeline.awaitRounds("restarted", 2);
      }
      assertThat(Files.size(file)).isEqualTo(PCAP_HEADER);
      assertThat(pipeline.events("restarted")).containsExactly("TargetForbidden");
    } finally {
      Files.delete(file);
      pipeline.delete("restarted");
    }
  }

  /** Echo requests that go elsewhere than to the lab's own machines, and on loopback. */
  private static String toAnyoneButTheHosts() {
    return "(icmp[icmptype] == icmp-echo and not dst net 192.0.2.0/24)"
        + " or (icmp6 and ip6[40] == 128 and not dst net 2001:db8::/64)";
  }

  /**
   * The one name that the DNS server knows from now on; no test shares its answers with another.
   */
  private static void resolve(String name, String... addresses) throws IOException {
    Files.write(hosts, Stream.of(addresses).map(address -> address + " " + name).toList());
    // Its namespace has no other process: the DNS server reads its files anew.
    String server = Shell.must("ip", "netns", "pids", lab.dns().namespace()).strip();
    Shell.must("kill", "-HUP", server);
  }

  private static void policy(String fields) {
    applyPolicy(
        "{matchLabels: {kubernetes.io/metadata.name: " + pipeline.namespace() + "}}", fields);
  }

  private static void applyPolicy(String selector, String fields) {
    String yaml =
        """
        apiVersion: pingcheck.dev/v1alpha1
        kind: PingPolicy
        metadata: {name: %s}
        spec: {namespaceSelector: %s, %s}
        """
            .formatted(POLICY, selector, fields);
    try {
      Path file = Files.createTempFile("policy", ".yaml");
      Files.writeString(file, yaml);
      api.kubectl("apply", "-f", file.toString());
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(PingCheck check, String type) {
    return check.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .map(c -> c.getReason())
        .findFirst()
        .orElse("");
  }

  private static String message(PingCheck check, String type) {
    return check.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .map(c -> c.getMessage())
        .findFirst()
        .orElse("");
  }
}
