package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.lab.tun.SlowEcho;
import dev.pingcheck.lab.tun.TunNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pinging process is stopped while replies come, as a long pause of its JVM would do it. */
@Tag("alone")
class StandstillIT {
  private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1");
  private static final String IPV4 = "10.77.1.1";
  private static final String IPV6 = "fd77::1:1";

  /** A reply comes 5 ms after its request, so that of each family about five are on their way. */
  @ParameterizedTest
  @ValueSource(strings = {"RAW", "PING"})
  void noEchoIsLostAndNoTimeIsBentThoughTheProcessStandsStillLongerThanTheTimeout(String mode)
      throws Exception {
    int count = 5_000;
    try (TunNamespace net = new TunNamespace()) {
      await(net.java(JVM, SlowEcho.class, List.of("5", "1")), "ready");
      Process pinger = pinger(net, mode, count, 1, IPV4, IPV6);
      BufferedReader said = await(pinger, IPV4 + " 200 ");
      CompletableFuture<List<String>> rest =
          CompletableFuture.supplyAsync(() -> said.lines().toList());
      for (int i = 0; i < 3; i++) {
        signal(pinger, "STOP");
        TimeUnit.MILLISECONDS.sleep(1_500);
        signal(pinger, "CONT");
        TimeUnit.MILLISECONDS.sleep(200);
      }
      List<String> told = rest.get(1, TimeUnit.MINUTES);
      assertThat(told).filteredOn(line -> line.contains(" lost ")).isEmpty();
      assertThat(told).filteredOn(line -> line.contains("stray")).isEmpty();
      assertThat(figure(told, "answered")).isEqualTo(2 * count);
      assertThat(figure(told, "kernelTimed")).isEqualTo(2 * count);
      assertThat(figure(told, "waitedLong")).isPositive();
      assertThat(figure(told, "longestRttMillis")).isBetween(5L, 999L);
      assertThat(figure(told, "faults")).isZero();
    }
  }

  /** More copies of one reply than the receive buffer can hold, while nobody reads. */
  @ParameterizedTest
  @ValueSource(strings = {"RAW " + IPV4, "RAW " + IPV6, "PING " + IPV4, "PING " + IPV6})
  void whatFindsNoRoomInTheSocketIsCountedToTheLastPacket(String how) throws Exception {
    int copies = 100_000;
    int count = 5;
    String[] words = how.split(" ");
    try (TunNamespace net = new TunNamespace()) {
      Process echo = net.java(JVM, SlowEcho.class, List.of("400", Integer.toString(copies)));
      BufferedReader echoSaid = await(echo, "ready");
      Process pinger = pinger(net, words[0], count, 300, words[1]);
      await(echoSaid, "first");
      signal(pinger, "STOP");
      await(echoSaid, "answered");
      signal(pinger, "CONT");
      List<String> told = pinger.inputReader().lines().toList();
      long dropped = figure(told, "kernelDrops");
      assertThat(dropped).isPositive();
      assertThat(figure(told, "answered") + figure(told, "duplicate") + figure(told, "late"))
          .isEqualTo(copies + count - 1 - dropped);
      assertThat(figure(told, "answered") + figure(told, "unanswered")).isEqualTo(count);
    }
  }

  private static Process pinger(
      TunNamespace net, String mode, int count, int interval, String... hosts) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                mode, Integer.toString(count), Integer.toString(interval), "56", "64", "false"));
    arguments.addAll(List.of(hosts));
    return net.java(JVM, PingerProcess.class, arguments);
  }

  private static BufferedReader await(Process process, String start) throws IOException {
    BufferedReader said = process.inputReader();
    await(said, start);
    return said;
  }

  private static void await(BufferedReader said, String start) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(start)) {
        return;
      }
      all.append(line).append('\n');
    }
    throw new AssertionError("ended before it said " + start + ": " + all);
  }

  private static void signal(Process process, String name) {
    NetworkNamespaces.must("kill", "-" + name, Long.toString(process.pid()));
  }

  private static long figure(List<String> told, String name) {
    return told.stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + told));
  }
}
