package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.cli.Pingcheck;
import dev.pingcheck.engine.socket.PathMtuDiscovery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PingCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -c 0 ::1        | -c must be at least 1, not 0
          -i -1 ::1       | -i must be 0.002 to 86400 seconds, not -1.0
          -i NaN ::1      | -i must be 0.002 to 86400 seconds, not NaN
          -i 0,2 ::1      | Invalid value for option '-i': '0,2' is no number of seconds: write it like 1 or 0.2
          -i 0 ::1 ::1    | a flood takes one HOST: give -i 0.002 or more for several
          -f ::1 ::1 -i 1 | -f takes one HOST
          -f --json ::1   | -f prints dots and --json objects: choose one of them
          -W 0 ::1        | -W must be 0.001 to 86400 seconds, not 0.0
          -w 0 ::1        | -w must be 0.001 to 86400 seconds, not 0.0
          -w x ::1        | Invalid value for option '-w': 'x' is no number of seconds: write it like 1 or 0.2
          -s 15 ::1       | -s must be at least 16, not 15: the cookie by which a reply is known and its request's number take 16 octets
          -s -1 ::1       | -s must be 16 to 65507 octets, not -1
          -s 65508 ::1    | -s must be 16 to 65507 octets, not 65508
          -t 0 ::1        | -t must be 1 to 255, not 0
          -t 256 ::1      | -t must be 1 to 255, not 256
          -Q 256 ::1      | Invalid value for option '-Q': '256' is no octet: write 0 to 255, or 0x0 to 0xff
          -Q 0x1g ::1     | Invalid value for option '-Q': '0x1g' is no octet: write 0 to 255, or 0x0 to 0xff
          -p 12x ::1      | Invalid value for option '-p': '12x' is no pattern: write 1 to 32 hexadecimal digits, such as ff00
          -M yes ::1      | Invalid value for option '-M': expected one of [DONT, WANT, DO, PROBE] (case-insensitive) but was 'yes'
          -i 1            | Missing required parameter: 'HOST'
          """)
  void wrongValueIsOneSentenceAndExitCode2(String arguments, String sentence) {
    StringWriter err = new StringWriter();
    int exitCode =
        Pingcheck.commandLine()
            .setErr(new PrintWriter(err))
            .execute(("ping " + arguments).split(" +"));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("pingcheck ping: " + sentence + "\nTry 'pingcheck ping --help'.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -I nosuch0 ::1             | -I: no interface of this machine is called nosuch0: see ip link
          -I 192.0.2.77 192.0.2.1    | -I: 192.0.2.77 is no address of this machine: see ip address
          -I 1:2:x ::1               | -I: 1:2:x is neither an interface nor an address
          -I lo -I lo ::1            | -I takes one interface, not two
          -I ::1 -I 127.0.0.1 ::1    | -I takes one source address, not two
          """)
  void originThatIsNotOfThisMachineIsOneSentence(String arguments, String sentence) {
    StringWriter err = new StringWriter();
    int exitCode =
        Pingcheck.commandLine()
            .setErr(new PrintWriter(err))
            .execute(("ping " + arguments).split(" +"));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("pingcheck ping: " + sentence + "\n");
  }

  @Test
  void whoIsNotRootCannotFlood() {
    PingArguments typed = new PingArguments();
    read(typed, "-f", "::1");
    assertThat(new PingBounds(typed, false).fault())
        .contains("only root may send faster than every 0.002 seconds: give -i 0.002 or more");
    assertThat(new PingBounds(typed, true).fault()).isEmpty();
    PingArguments slow = new PingArguments();
    read(slow, "-f", "-i", "0.002", "::1");
    assertThat(new PingBounds(slow, false).fault()).isEmpty();
  }

  @Test
  void clusteredOptionsAreReadAsIputilsReadsThem() {
    PingArguments typed = new PingArguments();
    read(typed, "-nqc3", "-i0.2", "-M", "do", "-Q", "0x2f", "-pff0", "-Ilo", "a", "b");
    PingOptions options = new PingBounds(typed, false).options();
    assertThat(options.hosts()).containsExactly("a", "b");
    assertThat(options.origins()).containsExactly("lo");
    assertThat(options.packet())
        .isEqualTo(
            new PingOptions.Packet(
                56, 64, 0x2f, PathMtuDiscovery.DO, List.of((byte) 0xff, (byte) 0)));
    assertThat(options.schedule())
        .isEqualTo(
            new PingOptions.Schedule(3, 200_000_000, OptionalLong.empty(), OptionalLong.empty()));
    assertThat(options.output().quiet()).isTrue();
  }

  @Test
  void whatWasTypedNeverReachesTheTerminalRaw() {
    for (String[] words :
        new String[][] {{"a\u001b[31mb"}, {"-i", "x\u009b", "::1"}, {"-I", "x\u0007", "::1"}}) {
      StringWriter err = new StringWriter();
      List<String> arguments = new ArrayList<>(List.of("ping"));
      arguments.addAll(List.of(words));
      int exitCode =
          Pingcheck.commandLine()
              .setErr(new PrintWriter(err))
              .execute(arguments.toArray(String[]::new));
      assertThat(exitCode).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("pingcheck ping: ")
          .containsPattern("\\\\u\\{[0-9a-f]+\\}");
      assertThat(err.toString().chars())
          .allMatch(each -> each == '\n' || each >= ' ' && each != 0x9b);
    }
  }

  private static void read(PingArguments into, String... words) {
    new CommandLine(into).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
  }
}
