package dev.pingcheck.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged probe in a network of its own, whose DNS server does as it is told. */
class ProbeNamesIT {
  private static final String DNS = "127.0.0.53";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final String NAME = "moving.example";

  @TempDir Path folder;
  private final List<RoundReport> reports = new CopyOnWriteArrayList<>();
  private final PlanBook book = new PlanBook();
  private Lab lab;
  private LinkServer server;
  private String a;
  private String b;

  @BeforeEach
  void start() throws Exception {
    lab = Lab.builder().hosts("a", "b").open();
    a = lab.host("a").address4();
    b = lab.host("b").address4();
    Path files = Files.createDirectories(Path.of("/etc/netns", lab.prober().namespace()));
    Files.writeString(
        files.resolve("resolv.conf"), "nameserver " + DNS + "\noptions timeout:1 attempts:1\n");
    server =
        new LinkServer(
            folder.resolve("link.sock"),
            book,
            (from, report, safe) -> {
              reports.add(report);
              safe.run();
            },
            Clock.system());
    server.start();
  }

  @AfterEach
  void end() {
    lab.close();
    server.close();
  }

  private Path script() {
    return folder.resolve("script");
  }

  /** From now on the DNS server does this. */
  private void dns(String... words) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), String.join(" ", words));
    Files.move(fresh, script(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void probe(AddressSelection selection) throws IOException {
    book.put(
        new ProbePlan(
            new CheckRef("uid", "default", "moving", 1),
            NAME,
            IpFamilies.IPV4,
            selection,
            new Timing(2, Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofMillis(500)),
            new PacketShape(56, 64, 0, false)));
    book.complete();
    String jars = "target/probe/pingcheck.jar:target/probe/lib/*";
    lab.start(
        JAVA,
        "-cp",
        "target/test-classes:" + jars,
        ScriptedDnsProcess.class.getName(),
        DNS,
        script().toString());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(ScriptedDnsProcess.count(script())));
    lab.start(
        JAVA,
        "@src/main/jvm/probe.options",
        "-cp",
        jars,
        "dev.pingcheck.cli.Pingcheck",
        "probe",
        "--socket",
        folder.resolve("link.sock").toString());
  }

  private RoundReport awaitRound(Predicate<RoundReport> wanted) {
    int before = reports.size();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> reports.stream().skip(before).anyMatch(wanted));
    return reports.stream().skip(before).filter(wanted).findFirst().orElseThrow();
  }

  private static Predicate<RoundReport> repliesOf(String address, Resolution.State state) {
    return report ->
        report.resolution().state() == state
            && report.addresses().size() == 1
            && report.addresses().getFirst().address().equals(address)
            && report.addresses().getFirst().received() == 2;
  }

  private static String address(RoundReport report) {
    return report.addresses().stream().map(AddressRound::address).collect(Collectors.joining(" "));
  }

  @Test
  void packetsFollowTheNameAndADeadDnsServerLeavesThemWhereTheyWent() throws Exception {
    dns("all", a);
    probe(AddressSelection.FIRST);
    awaitRound(repliesOf(a, Resolution.State.RESOLVED));

    dns("all", b);
    RoundReport moved = awaitRound(repliesOf(b, Resolution.State.RESOLVED));

    dns("silent");
    RoundReport stale = awaitRound(repliesOf(b, Resolution.State.STALE));
    assertThat(stale.resolution().detail())
        .isEqualTo("No DNS server answered in time for moving.example (asked 127.0.0.53).");
    assertThat(stale.resolution().age()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    RoundReport later = awaitRound(repliesOf(b, Resolution.State.STALE));
    assertThat(later.resolution().age()).isGreaterThan(stale.resolution().age());

    dns("all", b);
    awaitRound(repliesOf(b, Resolution.State.RESOLVED));

    dns("nxdomain");
    RoundReport denied = awaitRound(r -> r.resolution().state() == Resolution.State.FAILED);
    assertThat(denied.addresses()).isEmpty();
    assertThat(denied.resolution().detail())
        .isEqualTo("There is no DNS name moving.example (NXDOMAIN).");
    dns("all", a);
    awaitRound(repliesOf(a, Resolution.State.RESOLVED));
    // Never back to the address before, never a round without its two requests.
    assertThat(reports.subList(reports.indexOf(moved), reports.indexOf(denied)))
        .allMatch(report -> address(report).equals(b) && report.addresses().getFirst().sent() == 2);
  }

  @Test
  void aNameThatFlipsAtEachAnswerMovesTheCheckOnceAtMost() throws Exception {
    dns("turn", a, b);
    probe(AddressSelection.FIRST);
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> Integer.parseInt(Files.readString(ScriptedDnsProcess.count(script()))) >= 10);
    // Before its first answer, which may be slow to come, the name has no address.
    List<RoundReport> resolved =
        reports.stream().dropWhile(report -> report.addresses().isEmpty()).toList();
    List<String> addresses = resolved.stream().map(ProbeNamesIT::address).toList();
    long moves =
        IntStream.range(1, addresses.size())
            .filter(i -> !addresses.get(i).equals(addresses.get(i - 1)))
            .count();
    assertThat(moves).isEqualTo(1);
    assertThat(addresses).contains(a, b).hasSizeGreaterThan(10);
    assertThat(resolved).allMatch(report -> report.addresses().getFirst().received() == 2);
  }

  @Test
  void ofFiftyAddressesSixteenArePingedAlwaysTheSameAndTheRestIsTold() throws Exception {
    String[] words = new String[51];
    words[0] = "all";
    for (int i = 1; i <= 50; i++) {
      words[i] = "192.0.2." + (i + 9);
    }
    dns(words);
    probe(AddressSelection.ALL);
    RoundReport first =
        awaitRound(report -> report.resolution().state() == Resolution.State.RESOLVED);
    assertThat(first.addresses())
        .extracting(AddressRound::address)
        .isEqualTo(IntStream.range(10, 26).mapToObj(i -> "192.0.2." + i).toList());
    assertThat(first.resolution()).isEqualTo(Resolution.resolved().leavingOut(34));
    assertThat(first.addresses().get(0).received()).isEqualTo(2);
    assertThat(first.addresses().get(1).received()).isEqualTo(2);
  }
}
