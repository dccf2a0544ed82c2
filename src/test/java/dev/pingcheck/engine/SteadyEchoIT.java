package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an echo costs the heap. */
@Tag("alone")
class SteadyEchoIT {
  /** An object takes 8 octets at least: one for each eighth echo would show. */
  private static final long LESS_THAN_AN_OBJECT_EACH = SteadyEchoes.ECHOES;

  @ParameterizedTest
  @CsvSource({"RAW, true", "RAW, false", "PING, true", "PING, false"})
  void aSteadyEchoAllocatesNothingUnderEitherCompiler(String mode, boolean clientCompiler)
      throws Exception {
    try (NetworkNamespaces net = new NetworkNamespaces()) {
      NetworkNamespaces.in(net.client(), "sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647");
      Process process =
          NetworkNamespaces.start(
              net.client(),
              ProcessHandle.current().info().command().orElseThrow(),
              "--enable-native-access=ALL-UNNAMED",
              clientCompiler ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
              "-cp",
              System.getProperty("java.class.path"),
              SteadyEchoes.class.getName(),
              mode);
      List<String> told =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertThat(told).contains("unanswered 0");
      assertThat(told)
          .filteredOn(line -> line.startsWith("allocated "))
          .singleElement()
          .satisfies(line ->
              assertThat(Long.parseLong(line.substring("allocated ".length())))
                  .isLessThan(LESS_THAN_AN_OBJECT_EACH));
      System.out.println("steady echo: " + mode + " " + told);
    }
  }
}
