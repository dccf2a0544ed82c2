package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pingcheck.engine.NetworkNamespaces;
import dev.pingcheck.engine.NetworkNamespaces.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our ping in real network namespaces. */
class PingIT {
  private static NetworkNamespaces net;

  @BeforeAll
  static void up() {
    net = new NetworkNamespaces();
  }

  @AfterAll
  static void down() {
    net.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.9.2.2", "fd09:2::2"})
  void hostThatAnswersGivesALineAReplyAndExitCode0(String host) {
    Output ping = ping("-c", "3", "-i", "0.1", host);
    assertThat(ping.exitCode()).isZero();
    assertThat(
            ping.text()
                .lines()
                .filter(line ->
                    line.matches(
                        "64 bytes from " + host + ": icmp_seq=[123] ttl=6[34] time=[0-9.]+ ms")))
        .hasSize(3);
    assertThat(ping.text())
        .contains("--- " + host + " ping statistics ---\n")
        .containsPattern(
            "3 packets transmitted, 3 received, 0% packet loss, time ([2-9][0-9]{2}|[0-9]{4,})ms\n")
        .containsPattern("rtt min/avg/max/mdev = [0-9.]+/[0-9.]+/[0-9.]+/[0-9.]+ ms\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 1473, 20_000, 65_507})
  void payloadsOfAllSizesComeBackWhole(int size) {
    for (String host : new String[] {"10.9.2.2", "fd09:2::2"}) {
      Output ping = ping("-c", "1", "-s", Integer.toString(size), host);
      assertThat(ping.text()).contains((size + 8) + " bytes from " + host + ": icmp_seq=1");
    }
  }

  @Test
  void linkLocalAddressWithItsZoneAnswers() {
    String address =
        NetworkNamespaces.must(
                "ip",
                "-n",
                net.router(),
                "-6",
                "-o",
                "addr",
                "show",
                "dev",
                "net1",
                "scope",
                "link")
            .replaceAll("(?s).*inet6 ([0-9a-f:]+)/.*", "$1");
    Output ping = ping("-c", "2", "-i", "0.1", address + "%net1");
    assertThat(ping.text()).contains("64 bytes from " + address + "%net1: icmp_seq=2 ttl=64");
    assertThat(ping.exitCode()).isZero();
  }

  @Test
  void hostWithoutARouteIsOneSentenceAndExitCode2() {
    Output ping = ping("-c", "3", "192.0.2.1");
    assertThat(ping.text())
        .contains("pingcheck ping: no route to 192.0.2.1: check the address")
        .doesNotContain("statistics");
    assertThat(ping.exitCode()).isEqualTo(2);
  }

  @Test
  void unknownHostIsOneSentenceAndExitCode2() {
    Output ping = ping("-c", "1", "nosuch.invalid");
    assertThat(ping.text()).startsWith("pingcheck ping: ").contains("nosuch.invalid");
    assertThat(ping.text().lines()).hasSize(1);
    assertThat(ping.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "10.9.2.2, 10.9.1.2, Time to live exceeded",
    "fd09:2::2, fd09:1::2, Time exceeded: Hop limit",
  })
  void hopLimitThatRunsOutNamesTheRouter(String host, String router, String words) {
    Output ping = ping("-c", "2", "-i", "0.1", "-t", "1", host);
    assertThat(ping.text())
        .contains("From " + router + " icmp_seq=1 " + words)
        .contains("2 packets transmitted, 0 received, +2 errors, 100% packet loss");
    assertThat(ping.exitCode()).isEqualTo(1);
  }

  @Test
  void deadHostOnTheLinkIsReportedUnreachable() {
    Output ping = ping("-c", "1", "-W", "30", "10.9.1.77");
    assertThat(ping.text()).contains("From 10.9.1.1 icmp_seq=1 Destination Host Unreachable");
    assertThat(ping.exitCode()).isEqualTo(1);
  }

  @Test
  void firewallOfThisMachineIsToldApartFromATimeout() {
    firewall(
        "add table inet out { chain o { type filter hook output priority 0;"
            + " ip daddr 10.9.2.9 drop; }; }");
    try {
      Output ping = ping("-c", "2", "-i", "0.1", "10.9.2.9");
      assertThat(ping.text()).contains("icmp_seq=2 not sent: sending to 10.9.2.9 is not permitted");
      assertThat(ping.exitCode()).isEqualTo(1);
    } finally {
      firewall("delete table inet out");
    }
  }

  @Test
  void lostReplyIsALineOnlyForThoseWhoAskForIt() {
    firewall(
        "add table inet in { chain i { type filter hook input priority 0;"
            + " ip saddr 10.9.2.2 drop; }; }");
    try {
      String[] options = {"-c", "2", "-i", "0.1", "-W", "0.3", "10.9.2.2"};
      Output ping = ping(options);
      assertThat(ping.text())
          .doesNotContain("no answer")
          .containsPattern("2 packets transmitted, 0 received, 100% packet loss, time [0-9]+ms\n");
      assertThat(ping.exitCode()).isEqualTo(1);
      assertThat(Run.ping(net, "-v", "-c", "2", "-i", "0.1", "-W", "0.3", "10.9.2.2").out())
          .contains("no answer from 10.9.2.2 for icmp_seq=1\n")
          .contains("no answer from 10.9.2.2 for icmp_seq=2\n");
    } finally {
      firewall("delete table inet in");
    }
  }

  @Test
  void severalHostsAreATableWithTheFieldsOfFping() {
    String[] hosts = {"10.9.2.2", "fd09:2::2", "10.9.2.78"};
    List<String> fping = new ArrayList<>(List.of("fping", "-C", "4", "-q", "-p", "500"));
    List<String> ours = new ArrayList<>(List.of("-c", "4", "-i", "0.1"));
    fping.addAll(List.of(hosts));
    ours.addAll(List.of(hosts));
    Run theirs = Run.of(net.client(), fping);
    Run run = Run.ping(net, ours.toArray(String[]::new));
    List<String> table = run.out().lines().takeWhile(line -> !line.isEmpty()).toList();
    assertThat(table.stream().map(PingIT::withoutTimes))
        .containsExactlyElementsOf(theirs.err().lines().map(PingIT::withoutTimes).toList());
    fping.set(1, "-c");
    assertThat(run.out().lines().skip(table.size() + 1).map(PingIT::withoutTimes))
        .containsExactlyElementsOf(
            Run.of(net.client(), fping).err().lines().map(PingIT::withoutTimes).toList());
    assertThat(run.exitCode()).isEqualTo(theirs.exitCode()).isEqualTo(1);
  }

  private static String withoutTimes(String line) {
    return line.replaceAll("[0-9]+\\.[0-9]+(?=[ /]|$)", "T");
  }

  @Test
  void nameThatCannotBeResolvedIsASentenceAndTheOthersGoOn() {
    Run run = Run.ping(net, "10.9.2.2", "nosuch.invalid", "fd09:2::2", "-c", "2", "-i", "0.1");
    assertThat(run.err().lines().filter(line -> line.startsWith("pingcheck ping: "))).hasSize(1);
    assertThat(run.err()).contains("nosuch.invalid");
    assertThat(run.out())
        .contains("10.9.2.2  : xmt/rcv/%loss = 2/2/0%", "fd09:2::2 : xmt/rcv/%loss = 2/2/0%");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void everyJsonLineIsAnObjectWithTheDocumentedFields() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    Run run = Run.ping(net, "--json", "-c", "2", "-i", "0.1", "-t", "1", "10.9.2.2", "10.9.1.2");
    for (String line : run.out().lines().toList()) {
      lines.add(mapper.readTree(line));
    }
    assertThat(lines.stream().map(line -> line.get("event").asText()))
        .containsExactlyInAnyOrder(
            "start", "start", "error", "error", "reply", "reply", "summary", "summary");
    for (JsonNode line : lines) {
      assertThat(Instant.parse(line.get("time").asText())).isNotNull();
      assertThat(line.get("address").asText()).isIn("10.9.2.2", "10.9.1.2");
      List<String> fields = new ArrayList<>();
      line.fieldNames().forEachRemaining(fields::add);
      assertThat(fields).containsExactlyElementsOf(fieldsOf(line));
    }
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private static List<String> fieldsOf(JsonNode line) {
    String more =
        switch (line.get("event").asText()) {
          case "start" -> "payload_bytes ttl interval_ms count";
          case "reply" -> "seq bytes ttl rtt_ms kernel_timed";
          case "error" -> "seq from icmp_type icmp_code reason text";
          default ->
              "transmitted received duplicates corrupted errors loss_percent elapsed_ms"
                  + (line.get("received").asInt() > 0
                      ? " rtt_min_ms rtt_avg_ms rtt_max_ms rtt_mdev_ms"
                      : "");
        };
    return List.of(("event time host address " + more).split(" "));
  }

  @Test
  void pingSocketsPrintTheSameAsRawOnes() {
    NetworkNamespaces.in(net.client(), "sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647");
    for (String[] more :
        new String[][] {{"10.9.2.2"}, {"fd09:2::2"}, {"-t1", "10.9.2.2"}, {"-t1", "fd09:2::2"}}) {
      List<String> words = new ArrayList<>(List.of("-c", "2", "-i", "0.1", "--icmp", "raw"));
      words.addAll(List.of(more));
      Run raw = Run.ping(net, words.toArray(String[]::new));
      words.set(5, "ping");
      Run ping = Run.ping(net, words.toArray(String[]::new));
      assertThat(withoutTimes(ping.out()).replaceAll("time [0-9]+ms", ""))
          .isEqualTo(withoutTimes(raw.out()).replaceAll("time [0-9]+ms", ""));
      assertThat(ping.exitCode()).isEqualTo(raw.exitCode());
    }
  }

  @Test
  void probeSendsWhatARouterHasRefusedBefore() {
    NetworkNamespaces.must("ip", "-n", net.router(), "link", "set", "net2", "mtu", "1400");
    try {
      for (String host : new String[] {"10.9.2.2", "fd09:2::2"}) {
        Run run = Run.ping(net, "-c", "2", "-i", "0.2", "-s", "1440", "-M", "probe", host);
        assertThat(run.out()).contains("icmp_seq=1 ", "icmp_seq=2 ", "+2 errors");
        assertThat(run.err()).isEmpty();
      }
    } finally {
      NetworkNamespaces.must("ip", "-n", net.router(), "link", "set", "net2", "mtu", "1500");
      NetworkNamespaces.must("ip", "-n", net.client(), "route", "flush", "cache");
      NetworkNamespaces.must("ip", "-n", net.client(), "-6", "route", "flush", "cache");
    }
  }

  private static void firewall(String rules) {
    NetworkNamespaces.must("ip", "netns", "exec", net.client(), "nft", rules);
  }

  private static Output ping(String... arguments) {
    return NetworkNamespaces.ping(net.client(), arguments);
  }
}
