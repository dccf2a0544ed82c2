package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.NetworkNamespaces;
import dev.pingcheck.engine.NetworkNamespaces.Output;
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
        .containsPattern("3 packets transmitted, 3 received, 0% packet loss, time 2[0-9]{2}ms\n")
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
    Output ping = ping("-c", "1", "-W", "5", "10.9.1.77");
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
  void lostRepliesAreALineEachAndExitCode1() {
    firewall(
        "add table inet in { chain i { type filter hook input priority 0;"
            + " ip saddr 10.9.2.2 drop; }; }");
    try {
      Output ping = ping("-c", "2", "-i", "0.1", "-W", "0.3", "10.9.2.2");
      assertThat(ping.text())
          .contains("no answer for icmp_seq=1\n", "no answer for icmp_seq=2\n")
          .containsPattern("2 packets transmitted, 0 received, 100% packet loss, time [0-9]+ms\n");
      assertThat(ping.exitCode()).isEqualTo(1);
    } finally {
      firewall("delete table inet in");
    }
  }

  private static void firewall(String rules) {
    NetworkNamespaces.must("ip", "netns", "exec", net.client(), "nft", rules);
  }

  private static Output ping(String... arguments) {
    return NetworkNamespaces.ping(net.client(), arguments);
  }
}
