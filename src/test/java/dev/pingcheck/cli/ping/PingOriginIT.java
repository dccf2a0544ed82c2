package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.NetworkNamespaces;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A router with two links to the client counts by which of them requests come, and from where: the
 * route leads over net1, and an address that ends in 11 is one that the kernel never chooses.
 */
class PingOriginIT {
  private NetworkNamespaces net;

  @BeforeEach
  void up() {
    net = new NetworkNamespaces();
    String client = net.client();
    String router = net.router();
    String server = router.substring(0, router.length() - 1) + "s";
    must("ip link add net3 netns " + client + " type veth peer name net3 netns " + router);
    must("ip -n " + client + " addr add 10.9.1.11/24 dev net1");
    must("ip -n " + client + " addr add fd09:1::11/64 dev net1 nodad preferred_lft 0");
    for (String[] end : new String[][] {{client, "1"}, {router, "2"}}) {
      must("ip -n " + end[0] + " addr add 10.9.3." + end[1] + "/24 dev net3");
      must("ip -n " + end[0] + " addr add fd09:3::" + end[1] + "/64 dev net3 nodad");
      must("ip -n " + end[0] + " link set net3 up");
    }
    must("ip -n " + client + " addr add fd09:3::11/64 dev net3 nodad preferred_lft 0");
    must("ip -n " + client + " route add 10.9.2.0/24 via 10.9.3.2 dev net3 metric 2000");
    must("ip -n " + client + " route add fd09:2::/64 via fd09:3::2 dev net3 metric 2000");
    must("ip -n " + server + " route add 10.9.3.0/24 via 10.9.2.1");
    must("ip -n " + server + " route add fd09:3::/64 via fd09:2::1");
    must("ip netns exec " + client + " sysctl -qw net.ipv4.ping_group_range=0\t2147483647");
    must("ip netns exec " + router + " sysctl -qw net.ipv4.conf.all.rp_filter=0");
    NetworkNamespaces.must(
        "ip",
        "netns",
        "exec",
        router,
        "nft",
        "add table inet t; add chain inet t p { type filter hook prerouting priority 0; }");
    // IPv6 goes over an interface a moment after it is up.
    Awaitility.await()
        .until(() ->
            NetworkNamespaces.in(
                        client, "ping", "-q", "-c", "1", "-W", "1", "-I", "net3", "fd09:3::2")
                    .exitCode()
                == 0);
  }

  @AfterEach
  void down() {
    net.close();
  }

  @ParameterizedTest
  @CsvSource({
    "raw,  '',                    10.9.2.2,  net1, 10.9.1.1",
    "ping, '',                    10.9.2.2,  net1, 10.9.1.1",
    "raw,  -I 10.9.1.11,          10.9.2.2,  net1, 10.9.1.11",
    "ping, -I 10.9.1.11,          10.9.2.2,  net1, 10.9.1.11",
    "raw,  -I net3,               10.9.2.2,  net3, 10.9.3.1",
    "ping, -I net3,               10.9.2.2,  net3, 10.9.3.1",
    "raw,  -I net3 -I 10.9.1.11,  10.9.2.2,  net3, 10.9.1.11",
    "ping, -I 10.9.1.11 -I net3,  10.9.2.2,  net3, 10.9.1.11",
    "raw,  -I fd09:1::11,         fd09:2::2, net1, fd09:1::11",
    "ping, -I fd09:1::11,         fd09:2::2, net1, fd09:1::11",
    "raw,  -I net3,               fd09:2::2, net3, fd09:3::1",
    "ping, -I net3,               fd09:2::2, net3, fd09:3::1",
    "raw,  -I net3 -I fd09:3::11, fd09:2::2, net3, fd09:3::11",
    "ping, -I fd09:3::11 -I net3, fd09:2::2, net3, fd09:3::11",
  })
  void requestsLeaveByThatInterfaceAndFromThatAddress(
      String mode, String options, String host, String device, String source) {
    boolean ipv6 = host.contains(":");
    NetworkNamespaces.must(
        "ip",
        "netns",
        "exec",
        net.router(),
        "nft",
        "add rule inet t p iifname %s %s saddr %s %s type echo-request counter"
            .formatted(device, ipv6 ? "ip6" : "ip", source, ipv6 ? "icmpv6" : "icmp"));
    String line = "-c 3 -i 0.05 --icmp " + mode + " " + options + " " + host;
    Run run = Run.ping(net, line.split(" +"));
    assertThat(run.out()).contains("3 packets transmitted, 3 received");
    assertThat(NetworkNamespaces.in(net.router(), "nft", "list", "table", "inet", "t").text())
        .contains("counter packets 3 ");
    if (!options.isEmpty()) {
      String shown = options.contains("net3") ? " net3: " : " : ";
      assertThat(run.out().lines().findFirst().orElseThrow()).contains("from " + source + shown);
    }
  }

  private static void must(String command) {
    NetworkNamespaces.must(command.split(" "));
  }
}
