package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.operator.trust.TestAuthority;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged probe as a process, with nothing on its class path but its own jars. */
@Tag("alone")
class ProbeIT {
  private static final Path PROBE = Path.of("target/probe");
  private static final AddressRules LOOPBACK =
      new AddressRules(Networks.of("127.0.0.0/8", "::1/128"), Networks.NONE);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process probe(String... arguments) throws IOException {
    return probe(List.of(), arguments);
  }

  private Process probe(List<String> jvmOptions, String... arguments) throws IOException {
    assertThat(PROBE.resolve("pingcheck.jar")).as("made by mvn package").exists();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@src/main/jvm/probe.options"));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            PROBE + "/pingcheck.jar:" + PROBE + "/lib/*",
            "dev.pingcheck.cli.Pingcheck",
            "probe"));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static ProbePlan plan(int number, String hostname) {
    return new ProbePlan(
        new CheckRef("uid-" + number, "default", "check-" + number, 1),
        hostname,
        IpFamilies.ANY,
        AddressSelection.FIRST,
        new Timing(2, Duration.ofMillis(10), Duration.ofMillis(500), Duration.ofMillis(300)),
        new PacketShape(56, 64, 0, false),
        LOOPBACK);
  }

  @Test
  void itCarriesOutPlansReportsThemAndEndsOnSigterm() throws Exception {
    PlanBook book = new PlanBook();
    book.put(plan(1, "127.0.0.1"));
    book.put(plan(2, "::1"));
    book.put(plan(3, "localhost"));
    book.complete();
    List<RoundReport> reports = Collections.synchronizedList(new ArrayList<>());
    Path socket = folder.resolve("link.sock");
    Process probe = probe("--socket", socket.toString());
    try (LinkServer server =
        new LinkServer(
            socket,
            book,
            (from, report, safe) -> {
              reports.add(report);
              safe.run();
            },
            Clock.system())) {
      server.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              List.of("uid-1", "uid-2", "uid-3").stream()
                  .allMatch(uid -> reports.stream().anyMatch(r -> r.checkUid().equals(uid))));
      for (RoundReport report : List.copyOf(reports)) {
        assertThat(report.addresses()).hasSize(1);
        assertThat(report.addresses().getFirst().received()).isEqualTo(2);
      }
      probe.destroy();
      assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(probe.exitValue()).isZero();
    }
    assertThat(Files.readString(folder.resolve("output")))
        .contains("Connected to the operator at " + socket)
        .contains("The operator asks for 3 checks.")
        .doesNotContain("Exception")
        .doesNotContain("SO_KEEPALIVE");
    assertThat(Files.readAllLines(folder.resolve("output")).size()).isLessThan(12);
  }

  @Test
  void whatItHasBegunWhenItIsToldToEndIsReportedToTheLastRound() throws Exception {
    Timing long3s =
        new Timing(4, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(1));
    PlanBook book = new PlanBook();
    for (int number = 1; number <= 8; number++) {
      ProbePlan plan = plan(number, number % 2 == 0 ? "127.0.0.1" : "::1");
      book.put(
          new ProbePlan(
              plan.check(),
              plan.hostname(),
              plan.families(),
              plan.addresses(),
              long3s,
              plan.packet(),
              LOOPBACK));
    }
    book.complete();
    Map<String, RoundReport> last = new ConcurrentHashMap<>();
    Path socket = folder.resolve("link.sock");
    Process probe = probe("--socket", socket.toString());
    try (LinkServer server =
        new LinkServer(
            socket,
            book,
            (from, report, safe) -> {
              last.put(report.checkUid(), report);
              safe.run();
            },
            Clock.system())) {
      server.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> last.size() == 8);
      probe.destroy();
      Interruption left =
          server.awaitFarewell(Duration.ofSeconds(60), Duration.ofSeconds(60)).orElseThrow();
      assertThat(left.brokenOff()).as("all has been told").isEmpty();
      assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(probe.exitValue()).isZero();
      last.forEach((uid, report) -> {
        long untilNext = Phase.delay(uid, long3s.period(), left.since());
        Instant due = left.since().minus(long3s.period()).plusNanos(untilNext);
        assertThat(report.startTime())
            .as("the round of %s that was due last, at %s", uid, due)
            .isBetween(due.minusMillis(100), due.plus(long3s.period().dividedBy(2)));
        assertThat(report.addresses().getFirst().received()).isEqualTo(4);
      });
    }
  }

  @Test
  void aLimitOfItsCommandLineSlowsItDownAndStandsInItsReports() throws Exception {
    PlanBook book = new PlanBook();
    Timing timing =
        new Timing(8, Duration.ofMillis(10), Duration.ofSeconds(1), Duration.ofSeconds(1));
    ProbePlan tight = plan(1, "127.0.0.1");
    book.put(
        new ProbePlan(
            tight.check(),
            tight.hostname(),
            tight.families(),
            tight.addresses(),
            timing,
            tight.packet(),
            LOOPBACK));
    book.complete();
    List<RoundReport> reports = Collections.synchronizedList(new ArrayList<>());
    Path socket = folder.resolve("link.sock");
    probe("--socket", socket.toString(), "--packets-per-second-per-address", "4");
    try (LinkServer server =
        new LinkServer(
            socket,
            book,
            (from, report, safe) -> {
              reports.add(report);
              safe.run();
            },
            Clock.system())) {
      server.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> reports.size() >= 2);
      RoundReport report = reports.getFirst();
      assertThat(report.addresses().getFirst().received()).isEqualTo(8);
      // A full bucket of three, and the other five one each 250 ms: the next round is skipped.
      assertThat(report.pacing().setbacks()).containsOnlyKeys(SetbackCause.ADDRESS_BUDGET);
      Setback setback = report.pacing().setbacks().get(SetbackCause.ADDRESS_BUDGET);
      // Five, or fewer if the first ones were slow to be sent.
      assertThat(setback.requestsDelayed()).isBetween(3, 5);
      assertThat(setback.roundsSkipped()).isGreaterThanOrEqualTo(1);
      assertThat(report.pacing().longestDelay()).isGreaterThan(1_000_000_000L);
    }
  }

  @Test
  void aSocketPathThatIsTooLongIsOneSentenceAndANonZeroExit() throws Exception {
    Process probe = probe("--socket", "/" + "x".repeat(200));
    assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(probe.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("output")))
        .contains("is 201 bytes long; a Unix socket allows 107: choose a shorter one.")
        .doesNotContain("\tat ");
  }

  @Test
  void aNameOfTheOperatorThatDoesNotResolveIsALineAndNoStackTrace() throws Exception {
    Path names = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
    Path ca = folder.resolve("ca.crt");
    TestAuthority.writeTo(ca, new TestAuthority());
    Path token = Files.writeString(folder.resolve("token"), "a.b.c");
    Path output = folder.resolve("output");
    // All names are those of the file: no DNS server is asked.
    Process probe =
        probe(
            List.of("-Djdk.net.hosts.file=" + names),
            "--operator",
            "operator.test:9443",
            "--ca-file",
            ca.toString(),
            "--token-file",
            token.toString());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.readString(output).contains("Waiting for the operator"));
    probe.destroy();
    assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(output))
        .filteredOn(line -> line.contains("operator.test"))
        .singleElement()
        .asString()
        .endsWith("Waiting for the operator at operator.test:9443 (its name is not known to DNS).");
    assertThat(Files.readString(output)).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
