package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -c 0 ::1     | -c must be at least 1, not 0
          -i 0 ::1     | -i must be 0.002 to 86400 seconds, not 0.0
          -i -1 ::1    | -i must be 0.002 to 86400 seconds, not -1.0
          -i NaN ::1   | -i must be 0.002 to 86400 seconds, not NaN
          -i 0,2 ::1   | Invalid value for option '-i': '0,2' is no number of seconds: write it like 1 or 0.2
          -W 0 ::1     | -W must be 0.001 to 86400 seconds, not 0.0
          -s 15 ::1    | -s must be 16 to 65507 octets, not 15
          -s 65508 ::1 | -s must be 16 to 65507 octets, not 65508
          -t 0 ::1     | -t must be 1 to 255, not 0
          -t 256 ::1   | -t must be 1 to 255, not 256
          -i 1         | Missing required parameter: 'HOST'
          """)
  void wrongValueIsOneSentenceAndExitCode2(String arguments, String sentence) {
    StringWriter err = new StringWriter();
    int exitCode =
        Pingcheck.commandLine()
            .setErr(new PrintWriter(err))
            .execute(("ping " + arguments).split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("pingcheck ping: " + sentence + "\nTry 'pingcheck ping --help'.\n");
  }
}
