package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.NetworkNamespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * iputils' ping and ours with the same arguments in the same network print the same lines, but for
 * the figures that no two runs have in common, and end with the same code.
 */
class IputilsParityIT {
  private static final Pattern TIME = Pattern.compile("time=[0-9.]+ ms");
  private static final Pattern ELAPSED = Pattern.compile(", time [0-9]+ms");
  private static final Pattern FIGURES = Pattern.compile("= [0-9.]+(/[0-9.]+){3} ms");
  private static final Pattern PACE = Pattern.compile("ipg/ewma [0-9.]+/[0-9.]+ ms");
  private static final Pattern STAMP = Pattern.compile("(?m)^\\[[0-9]{10}\\.[0-9]{6}\\]");

  /** How many were under way depends on how quick the two processes are. */
  private static final Pattern PIPE = Pattern.compile("(, )?pipe [0-9]+(, )?");

  private static NetworkNamespaces net;

  @BeforeAll
  static void up() {
    net = new NetworkNamespaces();
  }

  @AfterAll
  static void down() {
    net.close();
  }

  @AfterEach
  void asItWas() {
    NetworkNamespaces.must("ip", "netns", "exec", net.router(), "nft", "flush", "ruleset");
    NetworkNamespaces.must("ip", "netns", "exec", server(), "nft", "flush", "ruleset");
    NetworkNamespaces.must("ip", "-n", net.router(), "link", "set", "net2", "mtu", "1500");
  }

  private static String server() {
    String router = net.router();
    return router.substring(0, router.length() - 1) + "s";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 3 -i 0.1 HOST",
        "-qc3 -i0.1 HOST",
        "-c 3 -i 0.1 -D HOST",
        "-n -c 2 -i 0.1 -O HOST",
        "-c 2 -i 0.1 -s 16 HOST",
        "-c 2 -i 0.1 -s 1472 HOST",
        "-c 2 -i 0.1 -s 4000 HOST",
        "-c 1 -s 65507 HOST",
        "-c 2 -i 0.1 -t 1 HOST",
        "-c 2 -i 0.1 -t 2 -Q 0x2e -p ff0 HOST",
        "-c 2 -i 0.1 -I net1 HOST",
        "-c 2 -i 0.1 -I SOURCE HOST",
        "-c 2 -i 0.1 -I net1 -I SOURCE HOST",
        "-c 2 -i 0.1 -s 3000 -M do HOST",
        "-c 2 -i 0.1 -s 3000 -M dont HOST",
        "-c 2 -i 0.1 -s 3000 -M want HOST",
        "-w 3 -i 2 HOST",
        "-w 3 -c 5 -i 2 HOST",
        "-w 3 -c 2 -i 0.1 HOST",
        "-w 3 -i 2 -t 1 HOST",
        "-f -c 1000 HOST",
        "-f -q -c 1000 HOST",
      })
  void hostThatAnswersGivesTheSameLines(String arguments) {
    compareAtOnce(
        arguments.replace("HOST", "10.9.2.2").replace("SOURCE", "10.9.1.1"),
        arguments.replace("HOST", "fd09:2::2").replace("SOURCE", "fd09:1::1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.9.1.77", "fd09:1::77"})
  void deadNeighbourGivesTheSameErrorsAndTheSamePipe(String host) {
    Run[] runs = both(List.of("-c", "3", "-i", "0.3", host));
    assertThat(plain(runs[1].out())).isEqualTo(plain(runs[0].out()));
    assertThat(runs[1].out()).endsWith("+3 errors, 100% packet loss, time " + tail(runs[1].out()));
    assertThat(runs[1].out()).contains("\npipe 3\n");
    // iputils does not look at IPv6 errors for it.
    assertThat(runs[0].out().contains("\npipe 3\n")).isEqualTo(!host.contains(":"));
    assertThat(runs[1].exitCode()).isEqualTo(runs[0].exitCode()).isEqualTo(1);
  }

  private static String tail(String out) {
    return out.substring(out.lastIndexOf("time ") + "time ".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 3 -i 0.2 -W 1 HOST",
        "-c 3 -i 0.2 -W 1 -O HOST",
        "-c 3 -i 0.2 -W 1 -O -D HOST",
        "-w 3 -c 2 -i 2 HOST",
        "-q -c 2 -i 0.2 -W 1 HOST",
        "-f -c 20 -W 1 HOST",
      })
  void hostThatIsSilentGivesTheSameLines(String arguments) {
    NetworkNamespaces.must(
        "ip",
        "netns",
        "exec",
        net.router(),
        "nft",
        "add table inet f; add chain inet f i { type filter hook forward priority 0; policy drop; }");
    compareAtOnce(arguments.replace("HOST", "10.9.2.2"), arguments.replace("HOST", "fd09:2::2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"admin-prohibited", "net-unreachable", "port-unreachable", "host-prohibited"})
  void refusalOfARouterHasTheSameWords(String type) {
    NetworkNamespaces.must(
        "ip",
        "netns",
        "exec",
        net.router(),
        "nft",
        "add table ip f; add chain ip f i { type filter hook forward priority 0; };"
            + "add rule ip f i ip daddr 10.9.2.2 reject with icmp type "
            + type);
    compare("-c 2 -i 0.1 10.9.2.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin-prohibited", "no-route", "addr-unreachable", "port-unreachable"})
  void refusalOfAnIpv6RouterHasTheSameWords(String type) {
    NetworkNamespaces.must(
        "ip",
        "netns",
        "exec",
        net.router(),
        "nft",
        "add table ip6 f; add chain ip6 f i { type filter hook forward priority 0; };"
            + "add rule ip6 f i ip6 daddr fd09:2::2 reject with icmpv6 type "
            + type);
    compare("-c 2 -i 0.1 fd09:2::2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-M do", "-M want", "-M dont", ""})
  void pathWithASmallerMtuGivesTheSameLines(String discovery) {
    NetworkNamespaces.must("ip", "-n", net.router(), "link", "set", "net2", "mtu", "1400");
    String how = discovery.isEmpty() ? "" : discovery + " ";
    compareAtOnce(
        "-c 2 -i 0.2 -s 1472 " + how + "10.9.2.2", "-c 2 -i 0.2 -s 1452 " + how + "fd09:2::2");
  }

  @Test
  void secondReplyIsADuplicateAndCountsOnce() {
    NetworkNamespaces.must(
        "ip",
        "netns",
        "exec",
        server(),
        "nft",
        "add table ip d; add chain ip d o { type filter hook output priority 0; };"
            + "add rule ip d o icmp type echo-reply dup to 10.9.2.1 device net2;"
            + "add table ip6 d; add chain ip6 d o { type filter hook output priority 0; };"
            + "add rule ip6 d o icmpv6 type echo-reply dup to fd09:2::1 device net2");
    for (String host : new String[] {"10.9.2.2", "fd09:2::2"}) {
      // The last request's duplicate comes behind its reply, with which both of them end.
      Run[] runs = both(List.of("-c", "3", "-i", "0.2", host));
      assertThat(plain(runs[1].out())).isEqualTo(plain(runs[0].out()));
      assertThat(runs[1].out()).contains("3 received, +2 duplicates, 0% packet loss");
      assertThat(runs[1].out()).contains("icmp_seq=2 ttl=63 time=").contains(" ms (DUP!)\n");
    }
  }

  @Test
  void redirectNamesTheBetterRouter() {
    NetworkNamespaces.must(
        "ip", "-n", net.router(), "route", "add", "10.9.3.0/24", "via", "10.9.1.9");
    NetworkNamespaces.must(
        "ip", "-n", net.client(), "route", "add", "10.9.3.0/24", "via", "10.9.1.2");
    // Whether the router's neighbour is given up meanwhile is a matter of time.
    for (Run run : both(List.of("-c", "1", "-W", "1", "10.9.3.3"))) {
      assertThat(run.out())
          .contains("\nFrom 10.9.1.2: icmp_seq=1 Redirect Host(New nexthop: 10.9.1.9)\n");
    }
  }

  @Test
  void networkWithoutARouteIsAnErrorOfTheSameCode() {
    Run[] runs = both(List.of("-c", "1", "192.0.2.1"));
    assertThat(runs[1].exitCode()).isEqualTo(runs[0].exitCode()).isEqualTo(2);
  }

  /** One family each, which have nothing in common. */
  private void compareAtOnce(String four, String six) {
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> compare(six));
    compare(four);
    other.join();
  }

  private void compare(String arguments) {
    Run[] runs = both(List.of(arguments.split(" +")));
    assertThat(plain(runs[1].out())).as(arguments).isEqualTo(plain(runs[0].out()));
    assertThat(plain(runs[1].err())).as(arguments).isEqualTo(plain(runs[0].err()));
    assertThat(runs[1].exitCode()).as(arguments).isEqualTo(runs[0].exitCode());
  }

  /** iputils first, then ours, each without what the kernel has learnt from another. */
  private Run[] both(List<String> arguments) {
    List<String> theirs = new ArrayList<>(List.of("ping"));
    theirs.addAll(arguments);
    return new Run[] {run(theirs), run(Run.ours(arguments))};
  }

  private Run run(List<String> command) {
    String family = command.getLast().contains(":") ? "-6" : "-4"; // the other one may be under way
    NetworkNamespaces.must("ip", "-n", net.client(), family, "route", "flush", "cache");
    return Run.of(net.client(), command);
  }

  /** What two runs have in common; iputils alone tells the MTU for which this machine refuses. */
  private static String plain(String text) {
    String plain = TIME.matcher(text).replaceAll("time=T ms");
    plain = ELAPSED.matcher(plain).replaceAll(", time Tms");
    plain = FIGURES.matcher(plain).replaceAll("= T ms");
    plain = PACE.matcher(plain).replaceAll("ipg/ewma T ms");
    plain = STAMP.matcher(plain).replaceAll("[T]");
    plain = PIPE.matcher(plain).replaceAll("");
    plain = plain.replaceAll("message too long, mtu[=:] ?[0-9]+", "message too long");
    // Dots that a reply took away again, however many were there at once.
    while (plain.contains(".\b \b")) {
      plain = plain.replace(".\b \b", "");
    }
    return plain.replaceAll("(?m)^(pingcheck )?ping: ", "ping: ").replace(", ipg", "ipg");
  }
}
