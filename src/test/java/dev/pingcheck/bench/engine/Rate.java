package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.bench.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Echo round trips a second on one core, over 10,000 loopback addresses with 256 in flight, one
 * contender after another, five times; each ratio is of neighbours in time.
 */
final class Rate {
  private static final int REPEATS = 5;
  private static final int TARGETS = 10_000;
  private static final int PINGS = 5;
  private static final String SECONDS = "4";

  private final List<Double> rateToC = new ArrayList<>();
  private final List<Double> rateToStampedC = new ArrayList<>();
  private final List<Double> pingRateToC = new ArrayList<>();
  private final List<Double> rateToFping = new ArrayList<>();
  private final List<Double> cToFping = new ArrayList<>();
  private final List<Double> cpuToC = new ArrayList<>();
  private final List<Double> cpuToFping = new ArrayList<>();
  private double alloc;

  /** The figures; notes go to {@code progress}. */
  List<Figure> measure(Consumer<String> progress) {
    Path c = BenchHost.compiled("icmpbase");
    try (BenchHost host = new BenchHost()) {
      host.run("sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647");
      Path targets = targets();
      for (int i = 1; i <= REPEATS; i++) {
        once(host, c, targets);
        progress.accept(
            "rate, turn %d of %d: to C %.2f, to fping %.2f, CPU to C %.2f, allocated %.9f"
                .formatted(
                    i, REPEATS, rateToC.getLast(), rateToFping.getLast(), cpuToC.getLast(), alloc));
      }
      Files.delete(targets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        figure("engine.rate_vs_c", rateToC, Operator.AT_LEAST, 0.85),
        figure("engine.rate_vs_stamped_c", rateToStampedC, Operator.AT_LEAST, 0.85),
        figure("engine.ping_socket_rate_vs_c", pingRateToC, Operator.AT_LEAST, 0.85),
        figure("engine.rate_vs_fping", rateToFping, Operator.AT_LEAST, 2),
        figure("engine.c_rate_vs_fping", cToFping, Operator.AT_LEAST, 0),
        figure("engine.cpu_per_million_vs_c", cpuToC, Operator.AT_MOST, 1.3),
        figure("engine.cpu_per_million_vs_fping", cpuToFping, Operator.AT_MOST, 1),
        new Figure("engine.alloc", alloc, "octets", Operator.EQUAL, 0));
  }

  private void once(BenchHost host, Path c, Path targets) {
    String plain = host.run("taskset", "-c", "0", c.toString(), "flood", "-t", SECONDS);
    String ours = flood(host, "RAW");
    String stamped = host.run("taskset", "-c", "0", c.toString(), "flood", "-k", "-t", SECONDS);
    String ping = flood(host, "PING");
    String pingC = host.run("taskset", "-c", "0", c.toString(), "flood", "-D", "-t", SECONDS);
    String fping =
        host.run(
            "bash",
            "-c",
            "TIMEFORMAT='elapsed %R user %U sys %S'; time taskset -c 0 fping -q -c "
                + PINGS
                + " -i 0 -p 1 -f "
                + targets
                + " >/dev/null 2>&1");
    double rate = Words.after("rate", ours);
    double echoes = (double) TARGETS * PINGS;
    double fpingRate = echoes / Words.after("elapsed", fping);
    double fpingCpu = (Words.after("user", fping) + Words.after("sys", fping)) / echoes * 1e6;
    double cpu = Words.after("cpu", ours);
    rateToC.add(rate / Words.after("rate", plain));
    rateToStampedC.add(rate / Words.after("rate", stamped));
    pingRateToC.add(Words.after("rate", ping) / Words.after("rate", pingC));
    rateToFping.add(rate / fpingRate);
    cToFping.add(Words.after("rate", plain) / fpingRate);
    cpuToC.add(cpu / Words.after("=>", plain));
    cpuToFping.add(cpu / fpingCpu);
    alloc = Math.max(alloc, Words.after("alloc", ours));
  }

  private static String flood(BenchHost host, String sockets) {
    return host.java(true, Flood.class, sockets, Integer.toString(TARGETS), "256", "5", SECONDS);
  }

  private static Figure figure(String name, List<Double> ratios, Operator operator, double goal) {
    return new Figure(name, new Sample(ratios).percentile(50), "ratio", operator, goal);
  }

  private static Path targets() throws IOException {
    Path file = Files.createTempFile("pingcheck-bench", ".targets");
    String addresses =
        IntStream.range(0, TARGETS)
            .mapToObj(LoopbackPlans::address)
            .collect(Collectors.joining("\n", "", "\n"));
    return Files.writeString(file, addresses);
  }
}
