package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw and ping sockets in real namespaces, where they have to tell the same. */
class SocketKindsIT {
  /** More requests than there is time for before the pinger is told to stop. */
  private static final int ENOUGH = 5_000;

  private NetworkNamespaces net;

  @BeforeEach
  void up() {
    net = new NetworkNamespaces();
    inClient("sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647");
  }

  @AfterEach
  void down() {
    net.close();
  }

  @ParameterizedTest
  @CsvSource({"RAW, 10.9.2.2", "RAW, fd09:2::2", "PING, 10.9.2.2", "PING, fd09:2::2"})
  void everyReplyIsTimedByTheKernelAtBothEnds(String mode, String host) {
    List<String> told = ping(mode, 40, 5, 56, 64, false, host);
    assertThat(told).filteredOn(line -> line.endsWith("received kernel ttl=63")).hasSize(40);
    assertThat(told).filteredOn(line -> line.contains("lost")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RAW, 10.9.2.77, HOST_UNREACHABLE, 10.9.1.2",
    "PING, 10.9.2.77, HOST_UNREACHABLE, 10.9.1.2",
    "RAW, fd09:2::77, HOST_UNREACHABLE, fd09:1::2",
    "PING, fd09:2::77, HOST_UNREACHABLE, fd09:1::2",
  })
  void hostThatIsNotThereFailsByTheRoutersErrorAndNobodyElseDoes(
      String mode, String dead, String reason, String router) {
    // The router gives up on a neighbour after three seconds; our requests wait no longer than one.
    inRouter("sysctl", "-qw", "net.ipv4.neigh.net2.retrans_time_ms=100");
    inRouter("sysctl", "-qw", "net.ipv6.neigh.net2.retrans_time_ms=100");
    String alive = dead.contains(":") ? "fd09:2::2" : "10.9.2.2";
    List<String> told = ping(mode, 50, 10, 56, 64, false, dead, alive);
    assertThat(told)
        .filteredOn(line -> line.startsWith(alive + " ") && line.contains("received"))
        .hasSize(50);
    assertThat(told)
        .filteredOn(line -> line.contains("lost " + reason + " from " + router))
        .hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @CsvSource({
    "RAW, 10.9.2.2, 10.9.1.2",
    "PING, 10.9.2.2, 10.9.1.2",
    "RAW, fd09:2::2, fd09:1::2",
    "PING, fd09:2::2, fd09:1::2",
  })
  void hopLimitThatRunsOutNamesTheRouter(String mode, String host, String router) {
    assertThat(ping(mode, 3, 20, 56, 1, false, host))
        .filteredOn(line -> line.contains("lost TIME_EXCEEDED from " + router))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RAW, 10.9.2.2, 10.9.1.2",
    "PING, 10.9.2.2, 10.9.1.2",
    "RAW, fd09:2::2, fd09:1::2",
    "PING, fd09:2::2, fd09:1::2",
  })
  void routerThatCannotPassAPacketTellsItsMtu(String mode, String host, String router) {
    inRouter("ip", "link", "set", "net2", "mtu", "1280");
    List<String> told = ping(mode, 3, 100, 1300, 64, true, host);
    assertThat(told).anyMatch(line -> line.contains(" 0 lost PACKET_TOO_BIG from " + router));
    assertThat(told).anyMatch(line -> line.endsWith("mtu=1280"));
    // By then the kernel may have learnt the path's MTU, and refuse it itself.
    assertThat(told).anyMatch(line -> line.contains(" 2 lost PACKET_TOO_BIG"));
  }

  /** All but IPv6 ping sockets, where the kernel keeps it to itself. */
  @ParameterizedTest
  @CsvSource({"RAW, ip, 10.9.2.2", "PING, ip, 10.9.2.2", "RAW, ip6, fd09:2::2"})
  void firewallOfThisMachineIsAReasonOfItsOwn(String mode, String family, String host) {
    inClient(
        "nft",
        "add table inet out { chain o { type filter hook output priority 0; "
            + family
            + " daddr "
            + host
            + " drop; }; }");
    assertThat(ping(mode, 3, 10, 56, 64, false, host))
        .filteredOn(line -> line.endsWith("lost NOT_PERMITTED"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"RAW, 10.9.2.2", "PING, 10.9.2.2", "RAW, fd09:2::2", "PING, fd09:2::2"})
  void linkThatGoesDownAndComesBackIsNoRouteMeanwhileAndThenWorksAgain(String mode, String host)
      throws Exception {
    Process process = start(mode, ENOUGH, 40, 56, 64, false, host);
    BufferedReader pinger = process.inputReader();
    readUntil(pinger, " received ");
    inClient("ip", "link", "set", "net1", "down");
    readUntil(pinger, "lost NO_ROUTE");
    inClient("ip", "link", "set", "net1", "up");
    inClient("ip", "addr", "replace", "fd09:1::1/64", "dev", "net1", "nodad");
    inClient("ip", "route", "replace", "10.9.2.0/24", "via", "10.9.1.2");
    inClient("ip", "route", "replace", "fd09:2::/64", "via", "fd09:1::2");
    readUntil(pinger, " received ");
    assertThat(stopped(process, pinger)).contains("faults 0");
  }

  @ParameterizedTest
  @CsvSource({"RAW", "PING"})
  void addressThatIsTakenAwayAndGivenBackDoesNotStopAnything(String mode) throws Exception {
    Process process = start(mode, ENOUGH, 40, 56, 64, false, "10.9.1.2");
    BufferedReader pinger = process.inputReader();
    readUntil(pinger, " received ");
    inClient("ip", "addr", "del", "10.9.1.1/24", "dev", "net1");
    readUntil(pinger, " lost ");
    inClient("ip", "addr", "add", "10.9.1.1/24", "dev", "net1");
    readUntil(pinger, " received ");
    assertThat(stopped(process, pinger)).contains("faults 0");
  }

  @ParameterizedTest
  @CsvSource({"RAW, 10.9.1.2", "PING, 10.9.1.2", "RAW, fd09:1::2", "PING, fd09:1::2"})
  void mtuThatShrinksMakesPacketsThatMustNotBeFragmentedTooBigUntilItGrowsAgain(
      String mode, String host) throws Exception {
    Process process = start(mode, ENOUGH, 40, 1400, 64, true, host);
    BufferedReader pinger = process.inputReader();
    readUntil(pinger, " received ");
    inClient("ip", "link", "set", "net1", "mtu", "1300");
    readUntil(pinger, "lost PACKET_TOO_BIG");
    inClient("ip", "link", "set", "net1", "mtu", "1500");
    readUntil(pinger, " received ");
    assertThat(stopped(process, pinger)).contains("faults 0");
  }

  @Test
  void withoutNetRawPingSocketsAreTakenAndTheReasonIsSaid() throws Exception {
    Process pinger =
        PingerProcess.start(
            net.client(),
            List.of("setpriv", "--bounding-set", "-net_raw"),
            arguments("AUTO", 2, 10, 56, 64, false, "10.9.2.2", "fd09:2::2"));
    assertThat(lines(pinger))
        .anyMatch(line ->
            line.startsWith(
                "choice Using ping sockets, as opening a raw ICMP socket needs the capability"
                    + " NET_RAW"))
        .filteredOn(line -> line.contains("received kernel"))
        .hasSize(4);
  }

  @Test
  void withoutEitherRightTheSentenceNamesBoth() throws Exception {
    inClient("sysctl", "-qw", "net.ipv4.ping_group_range=1 0");
    Process pinger =
        PingerProcess.start(
            net.client(),
            List.of("setpriv", "--bounding-set", "-net_raw"),
            arguments("AUTO", 1, 10, 56, 64, false, "10.9.2.2"));
    assertThat(lines(pinger))
        .singleElement()
        .asString()
        .contains("refused opening a raw ICMP socket needs the capability NET_RAW")
        .contains("set the sysctl net.ipv4.ping_group_range");
  }

  private List<String> ping(
      String mode, int count, int interval, int size, int ttl, boolean whole, String... hosts) {
    try {
      return lines(start(mode, count, interval, size, ttl, whole, hosts));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Process start(
      String mode, int count, int interval, int size, int ttl, boolean whole, String... hosts) {
    return PingerProcess.start(
        net.client(), List.of(), arguments(mode, count, interval, size, ttl, whole, hosts));
  }

  private static String[] arguments(
      String mode, int count, int interval, int size, int ttl, boolean whole, String... hosts) {
    List<String> all = new ArrayList<>();
    all.add(mode);
    for (int number : new int[] {count, interval, size, ttl}) {
      all.add(Integer.toString(number));
    }
    all.add(Boolean.toString(whole));
    all.addAll(List.of(hosts));
    return all.toArray(String[]::new);
  }

  /** Reads on to the first line with these words, which is there as soon as it happens. */
  private static void readUntil(BufferedReader said, String words) throws IOException {
    String line;
    do {
      line = said.readLine();
      assertThat(line).as("a line with" + words).isNotNull();
    } while (!line.contains(words));
  }

  /** What it says to its end, once it is told to send no more. */
  private static List<String> stopped(Process process, BufferedReader said) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return said.lines().toList();
  }

  private static List<String> lines(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private void inClient(String... command) {
    in(net.client(), command);
  }

  private void inRouter(String... command) {
    in(net.router(), command);
  }

  private static void in(String namespace, String... command) {
    NetworkNamespaces.Output output = NetworkNamespaces.in(namespace, command);
    if (output.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + output.text());
    }
  }
}
