package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PingcheckTest {
  private static final Map<String, CommandLine> ALL = Pingcheck.commandLine().getSubcommands();

  @ParameterizedTest
  @ValueSource(strings = {"operator", "probe", "ping", "rehearse"})
  void ofACommandThatIsNamedNoOtherIsReadAndItsHelpIsTheSame(String name) {
    Map<String, CommandLine> read = Pingcheck.commandLine(name, "--help").getSubcommands();
    assertThat(read).containsOnlyKeys(name);
    assertThat(read.get(name).getUsageMessage()).isEqualTo(ALL.get(name).getUsageMessage());
  }

  @Test
  void whoeverNamesNoCommandIsShownAll() {
    assertThat(Pingcheck.commandLine("--help").getSubcommands())
        .containsOnlyKeys("operator", "probe", "ping", "rehearse", "help");
    assertThat(Pingcheck.commandLine("pong").getSubcommands())
        .containsOnlyKeys(ALL.keySet().toArray(String[]::new));
  }
}
