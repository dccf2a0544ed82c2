package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OperatorCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "999ms", "-1h"})
  void aLifeOfEventsThatIsNoneIsRefusedWithASentence(String ttl) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Pingcheck.commandLine().setErr(new PrintWriter(err));
    assertThat(commandLine.execute("operator", "--event-ttl=" + ttl)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--event-ttl must be a duration of at least 1s such as 1h, not " + ttl);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536"})
  void aPortThatIsNoneIsRefusedWithASentence(String port) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Pingcheck.commandLine().setErr(new PrintWriter(err));
    assertThat(commandLine.execute("operator", "--link-port=" + port)).isEqualTo(2);
    assertThat(err.toString()).contains("--link-port must be 0 to 65535, not " + port);
  }

  @ParameterizedTest
  @CsvSource({
    "--page-address=8081, '--page-address must be HOST:PORT such as 127.0.0.1:8081, or none, not 8081'",
    "--page-prefix=ops, '--page-prefix must be a path such as /pingcheck, not ops'",
    "--prometheus-url=prometheus:9090, '--prometheus-url must be a URL such as"
        + " http://prometheus.monitoring.svc:9090, not prometheus:9090'",
  })
  void aPlaceOfThePageThatIsNoneIsRefusedWithASentence(String option, String sentence) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Pingcheck.commandLine().setErr(new PrintWriter(err));
    assertThat(commandLine.execute("operator", option)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
  }
}
