package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --packets-per-second 0                   | --packets-per-second must be 1 to 1000000, not 0
          --packets-per-second 1000001             | --packets-per-second must be 1 to 1000000, not 1000001
          --packets-per-second many                | Invalid value for option '--packets-per-second': 'many' is not an int
          --socket a --operator b:1                | --socket and --operator are two places of one operator: leave one of them out
          --central                                | --central is for a probe with --operator HOST:PORT
          --socket a --token-file b                | --token-file is for a probe with --operator HOST:PORT
          --operator host                          | --operator must be HOST:PORT such as pingcheck.pingcheck-system.svc:9443, not host
          --operator host:0                        | --operator must be HOST:PORT such as pingcheck.pingcheck-system.svc:9443, not host:0
          --operator https://host:9443             | --operator must be HOST:PORT such as pingcheck.pingcheck-system.svc:9443, not https://host:9443
          --operator ::1:9443                      | --operator must be HOST:PORT such as pingcheck.pingcheck-system.svc:9443, not ::1:9443
          --operator host:65536                    | --operator must be HOST:PORT such as pingcheck.pingcheck-system.svc:9443, not host:65536
          --packets-per-second-per-address -1      | --packets-per-second-per-address must be 1 to 1000000, not -1
          """)
  void wrongValueIsOneSentenceAndExitCode2(String arguments, String sentence) {
    StringWriter err = new StringWriter();
    int exitCode =
        Pingcheck.commandLine()
            .setErr(new PrintWriter(err))
            .execute(("probe " + arguments).split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("pingcheck probe: " + sentence + "\nTry 'pingcheck probe --help'.\n");
  }
}
