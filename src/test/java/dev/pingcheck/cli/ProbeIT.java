package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged probe as a process, with nothing on its class path but its own jars. */
class ProbeIT {
  private static final Path PROBE = Path.of("target/probe");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process probe(String... arguments) throws IOException {
    assertThat(PROBE.resolve("pingcheck.jar")).as("made by mvn package").exists();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
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
        new PacketShape(56, 64, 0, false));
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
            (report, safe) -> {
              reports.add(report);
              safe.run();
            },
            Clock.system())) {
      server.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              List.of("uid-1", "uid-2", "uid-3").stream()
                  .allMatch(uid -> reports.stream().anyMatch(r -> r.checkUid().equals(uid))));
      for (RoundReport report : List.copyOf(reports)) {
        assertThat(report.addresses()).hasSize(1);
        assertThat(report.addresses().getFirst().received()).isEqualTo(2);
      }
      probe.destroy();
      assertThat(probe.waitFor(5, TimeUnit.SECONDS)).isTrue();
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
  void aSocketPathThatIsTooLongIsOneSentenceAndANonZeroExit() throws Exception {
    Process probe = probe("--socket", "/" + "x".repeat(200));
    assertThat(probe.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(probe.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("output")))
        .contains("is 201 bytes long; a Unix socket allows 107: choose a shorter one.")
        .doesNotContain("\tat ");
  }
}
