package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Either side killed without a chance to say goodbye. */
class LinkKillTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Path socket() {
    return folder.resolve("link.sock");
  }

  private Path output() {
    return folder.resolve("output");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LinkProcess.class.getName()));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  private long reportsPrinted() {
    try {
      return Files.readAllLines(output()).stream().filter(l -> l.startsWith("report ")).count();
    } catch (IOException notYet) {
      return 0;
    }
  }

  @Test
  void aKilledOperatorsSuccessorServesTheSamePathAndTheProbeResumes() throws Exception {
    RecordingListener listener = new RecordingListener();
    try (LinkClient client =
        new LinkClient(
            socket(), "9f3c21aa", listener, Clock.system(), LinkClientLimits.defaults())) {
      client.start();
      Process operator = start("operator", socket().toString());
      IntStream.rangeClosed(1, 10).forEach(n -> client.report(Samples.report("9f3c21aa", n)));
      await().until(() -> reportsPrinted() == 10);
      await().until(() -> listener.plans().equals(Set.of(Samples.plan(1))));
      operator.destroyForcibly().waitFor();
      await().until(() -> !client.connected());
      assertThat(socket()).exists();
      assertThat(listener.plans()).containsExactly(Samples.plan(1));
      client.report(Samples.report("9f3c21aa", 11));

      PlanBook book = new PlanBook();
      book.put(Samples.plan(2));
      book.complete();
      List<Long> handled = Collections.synchronizedList(new ArrayList<>());
      try (LinkServer successor =
          new LinkServer(
              socket(),
              book,
              (from, report, safe) -> {
                handled.add(report.id().number());
                safe.run();
              },
              Clock.system())) {
        successor.start();
        await().until(() -> handled.contains(11L));
        await().until(() -> listener.plans().equals(Set.of(Samples.plan(2))));
      }
    }
  }

  @Test
  void aKilledProbeLeavesAndItsSuccessorIsServed() throws Exception {
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    PlanBook book = new PlanBook();
    book.complete();
    try (LinkServer server =
        new LinkServer(
            socket(),
            book,
            (from, report, safe) -> handled.add(report.id().toString()),
            Clock.system())) {
      server.start();
      Process first = start("probe", socket().toString(), "aaaaaaaa");
      await().until(() -> handled.size() == 20);
      first.destroyForcibly().waitFor();
      await().until(() -> server.connectedProbes() == 0);
      start("probe", socket().toString(), "bbbbbbbb");
      await().until(() -> handled.size() == 40);
      assertThat(server.connectedProbes()).isEqualTo(1);
      assertThat(handled).doesNotHaveDuplicates();
    }
  }
}
