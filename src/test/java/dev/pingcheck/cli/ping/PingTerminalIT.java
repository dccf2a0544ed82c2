package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.NetworkNamespaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the build: signals, closed pipes, and names of other scripts in any locale. */
class PingTerminalIT {
  private static NetworkNamespaces net;

  @BeforeAll
  static void up() {
    net = new NetworkNamespaces();
  }

  @AfterAll
  static void down() {
    net.close();
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ip", "netns", "exec", net.client(), "tools/pingcheck", "ping"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static void signal(Process process, String name) {
    NetworkNamespaces.must("kill", "-" + name, Long.toString(process.pid()));
  }

  private static String await(BufferedReader lines, String part) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains(part)) {
      line = lines.readLine();
    }
    assertThat(line).as("a line with " + part).isNotNull();
    return line;
  }

  /** All were answered but at most one, which is under way when the signal comes. */
  private static void assertAnswered(String line, String form) {
    Matcher counts = Pattern.compile(form).matcher(line);
    assertThat(counts.matches()).as(line).isTrue();
    int difference = Integer.parseInt(counts.group(1)) - Integer.parseInt(counts.group(2));
    assertThat(Math.abs(difference)).as(line).isLessThanOrEqualTo(1);
  }

  private static BufferedReader reader(java.io.InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void quitShowsTheFiguresSoFarAndTheOtherSignalsEndWithTheSummary(String last) throws Exception {
    Process ping = start("-i", "0.05", "10.9.2.2");
    BufferedReader out = reader(ping.getInputStream());
    BufferedReader err = reader(ping.getErrorStream());
    await(out, "icmp_seq=3");
    signal(ping, "QUIT");
    assertAnswered(
        await(err, "packets"),
        "([0-9]+)/([0-9]+) packets, [0-9]+% loss, min/avg/ewma/max = [0-9.]+(/[0-9.]+){3} ms");
    await(out, "icmp_seq=");
    signal(ping, "QUIT");
    await(err, "packets");
    signal(ping, last);
    await(out, "--- 10.9.2.2 ping statistics ---");
    assertAnswered(
        await(out, "% packet loss"), "([0-9]+) packets transmitted, ([0-9]+) received, .*");
    await(out, "rtt min/avg/max/mdev");
    assertThat(ping.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ping.exitValue()).isZero();
    assertThat(err.readLine()).isNull();
  }

  @Test
  void endsWhenNobodyReadsItsLinesAnyMore() throws Exception {
    Process ping = start("-i", "0.05", "10.9.2.2");
    BufferedReader out = reader(ping.getInputStream());
    await(out, "icmp_seq=1 ");
    out.close();
    assertThat(ping.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nameOfAnotherScriptIsShownAsTypedWhateverTheLocale() throws Exception {
    // Java would spoil the argument where it runs without a locale: printf makes its octets.
    String command =
        "exec ip netns exec %s tools/pingcheck ping -c 1 \"$(printf 'b\\303\\274cher.invalid')\""
            .formatted(net.client());
    for (String locale : new String[] {"C", "POSIX", "C.UTF-8", "ar_EG.UTF-8"}) {
      ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
      builder.environment().put("LC_ALL", locale);
      Process ping = builder.start();
      Run run = Run.end(ping);
      assertThat(run.err()).as(locale).contains("b\u00fccher.invalid");
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }
}
