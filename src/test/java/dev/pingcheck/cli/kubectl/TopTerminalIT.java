package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.kube.ApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code top} as somebody sees it who sits before a terminal, and a real API server behind it. */
class TopTerminalIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static String namespace;

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeAll
  static void checks() {
    api.installCrd();
    namespace = api.newNamespace("top");
    for (String name : List.of("a-well", "b-lossy", "c-dead", "d-quick")) {
      api.admin().resource(named(name)).inNamespace(namespace).create();
    }
  }

  @BeforeEach
  void open() {
    turn("a-well", "True WithinThresholds", 4);
    turn("b-lossy", "False LossThresholdExceeded", 3);
    turn("c-dead", "False LossThresholdExceeded", 0);
    turn("d-quick", "True WithinThresholds", 4);
    terminal = new Terminal(folder, 120, 12);
    terminal.provide(
        "top",
        Map.of("KUBECONFIG", api.kubeconfig().toString()),
        PluginProcess.command("top", "-n", namespace));
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  private static PingCheck named(String name) {
    PingCheck check = new Statuses(name).check;
    check.getMetadata().setNamespace(namespace);
    check.getMetadata().setUid(null);
    return check;
  }

  private static void turn(String name, String healthy, int received) {
    Statuses now =
        new Statuses(name)
            .conditions("Accepted True Accepted", "Healthy " + healthy)
            .round("9f3c21aa-1", 4, received, received == 0 ? null : "1.5ms");
    api.admin()
        .resources(PingCheck.class)
        .inNamespace(namespace)
        .withName(name)
        .editStatus(check -> {
          check.setStatus(now.status);
          return check;
        });
  }

  /** The first words of the lines below the heads. */
  private List<String> names() {
    return terminal.lines().stream()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> name.matches("[a-d]-.*"))
        .toList();
  }

  private void awaitNames(String... names) {
    Terminal.await(
        "these lines: " + String.join(", ", names), () -> names().equals(List.of(names)));
  }

  @Test
  void theWorstStandFirstAsTheyChangeInAWindowOfAnySize() {
    terminal.type("./top");
    awaitNames("c-dead", "b-lossy", "a-well", "d-quick");
    assertThat(terminal.lines().getFirst())
        .isEqualTo("4 checks: 2 unhealthy, 0 unknown, 2 healthy");
    assertThat(terminal.isCursorShown()).isFalse();

    turn("d-quick", "False LossThresholdExceeded", 1);
    turn("c-dead", "True WithinThresholds", 4);
    awaitNames("d-quick", "b-lossy", "a-well", "c-dead");

    terminal.resize(38, 4);
    Terminal.await(
        "as much as fits, to the last column of the last line",
        () ->
            terminal
                .lines()
                .equals(
                    List.of(
                        "4 checks: 2 unhealthy, 0 unknown, 2 he",
                        "NAME      HEALTHY   REASON",
                        "d-quick   False     LossThresholdExcee",
                        "b-lossy   False     LossThresholdExcee")));
    terminal.resize(120, 12);
    awaitNames("d-quick", "b-lossy", "a-well", "c-dead");
    assertThat(terminal.lines()).filteredOn(line -> line.endsWith("gw.example.com")).hasSize(4);
  }

  @Test
  void ctrlZGivesTheTerminalBackAndFgItsScreen() {
    terminal.type("./top");
    awaitNames("c-dead", "b-lossy", "a-well", "d-quick");

    terminal.press("C-z");

    Terminal.await("the shell's screen", () -> !terminal.isOnSecondScreen());
    Terminal.await("the shell's word", () -> terminal.lines().toString().contains("Stopped"));
    assertThat(terminal.isCursorShown()).isTrue();
    turn("d-quick", "False LossThresholdExceeded", 1);
    terminal.type("fg");
    Terminal.await("its screen", terminal::isOnSecondScreen);
    awaitNames("c-dead", "d-quick", "b-lossy", "a-well");
    terminal.press("C-c");
    Terminal.await("its end", () -> !terminal.isOnSecondScreen());
  }

  @Test
  void ctrlZWithoutAShellThatCouldLetItGoOnStopsNothing() {
    terminal.type("exec ./top");
    awaitNames("c-dead", "b-lossy", "a-well", "d-quick");

    terminal.press("C-z");

    turn("d-quick", "False LossThresholdExceeded", 1);
    awaitNames("c-dead", "d-quick", "b-lossy", "a-well");
    assertThat(terminal.isOnSecondScreen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theTerminalIsLeftAsItWas(String signal) {
    Consumer<Terminal> end =
        signal.equals("INT") ? at -> at.press("C-c") : at -> at.signal("top", signal);
    String modes = terminal.modes();
    terminal.type("echo before");
    Terminal.await(
        "a prompt again",
        () -> terminal.lines().subList(0, 3).equals(List.of("$ echo before", "before", "$")));
    terminal.type("./top; echo ended with $?");
    Terminal.await("its screen", terminal::isOnSecondScreen);
    awaitNames("c-dead", "b-lossy", "a-well", "d-quick");
    assertThat(terminal.lines()).doesNotContain("before");

    end.accept(terminal);

    List<String> left =
        List.of("$ echo before", "before", "$ ./top; echo ended with $?", "ended with 0", "$");
    Terminal.await("its end", () -> terminal.lines().subList(0, left.size()).equals(left));
    assertThat(terminal.isOnSecondScreen()).isFalse();
    assertThat(terminal.isCursorShown()).isTrue();
    assertThat(terminal.modes()).isEqualTo(modes);
  }
}
