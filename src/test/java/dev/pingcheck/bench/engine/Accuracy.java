package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.bench.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Round-trip times on a path of one millisecond, beside those of a C program that reads the
 * kernel's stamps: idle, with all cores busy, and under a CPU quota of 1 ms in 100 ms. The host
 * that answers is a program in another namespace, outside the quota.
 */
final class Accuracy {
  private static final int REPEATS = 5;
  private static final String COUNT = "1500";
  private static final String INTERVAL_MICROS = "2000";
  private static final String HOST = "10.78.0.2";

  private enum Load {
    IDLE,
    BUSY,
    QUOTA
  }

  List<Figure> measure(Consumer<String> progress) {
    Path c = BenchHost.compiled("icmpbase");
    Path answerer = BenchHost.compiled("delayecho");
    try (BenchHost near = new BenchHost();
        BenchHost far = new BenchHost()) {
      link(near, far);
      // Real time: else the figure is when the answer got a processor, not when it was asked for.
      Process echo = far.start("chrt", "-f", "10", answerer.toString(), "1000");
      try {
        List<Figure> figures = new ArrayList<>();
        for (Load load : Load.values()) {
          figures.addAll(under(load, near, c, progress));
        }
        return figures;
      } finally {
        echo.descendants().forEach(ProcessHandle::destroyForcibly);
        echo.destroyForcibly();
      }
    }
  }

  private List<Figure> under(Load load, BenchHost near, Path c, Consumer<String> progress) {
    List<Double> middle = new ArrayList<>();
    List<Double> tail = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      String theirs = loaded(load, group -> inC(near, c, group));
      String ours = loaded(load, group -> inJava(near, group));
      String kernel = theirs.substring(theirs.indexOf("kernel"));
      middle.add(difference(Words.after("p50", ours), Words.after("p50", kernel)));
      tail.add(difference(Words.after("p99", ours), Words.after("p99", kernel)));
      progress.accept("%s: C %s; ours %s".formatted(load, kernel.strip(), ours.strip()));
    }
    String name = "engine.rtt_%s_" + load.name().toLowerCase(java.util.Locale.ROOT);
    return List.of(figure(name.formatted("p50"), middle), figure(name.formatted("p99"), tail));
  }

  /** How far apart two values are, as a share of the second. */
  private static double difference(double ours, double theirs) {
    return Math.abs(ours - theirs) / theirs;
  }

  private static Figure figure(String name, List<Double> differences) {
    double median = new Sample(differences).percentile(50);
    return new Figure(name, median, "ratio", Operator.AT_MOST, 0.03);
  }

  private static String inC(BenchHost near, Path c, String group) {
    String command = c + " rtt -a " + HOST + " -n 1 -c " + COUNT + " -i " + INTERVAL_MICROS;
    String joined = group.isEmpty() ? "" : "echo $$ > " + group + "/cgroup.procs && ";
    return near.run("bash", "-c", joined + "exec " + command);
  }

  private static String inJava(BenchHost near, String group) {
    String[] arguments = {HOST, "2000", COUNT, INTERVAL_MICROS, group};
    return near.java(
        false,
        RoundTrips.class,
        group.isEmpty() ? java.util.Arrays.copyOf(arguments, 4) : arguments);
  }

  private interface Contender {
    String run(String group);
  }

  private static String loaded(Load load, Contender contender) {
    return switch (load) {
      case IDLE -> contender.run("");
      case BUSY -> busy(contender);
      case QUOTA -> limited(contender);
    };
  }

  private static String busy(Contender contender) {
    List<Process> burners = new ArrayList<>();
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        burners.add(new ProcessBuilder("bash", "-c", "while :; do :; done").start());
      }
      return contender.run("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      burners.forEach(Process::destroyForcibly);
    }
  }

  private static String limited(Contender contender) {
    try (CpuQuota quota = CpuQuota.of(1_000, 100_000)) {
      return contender.run(quota.folder().toString());
    }
  }

  private static void link(BenchHost near, BenchHost far) {
    near.run(
        "ip", "link", "add", "path", "type", "veth", "peer", "name", "path", "netns", far.name());
    near.run("ip", "addr", "add", "10.78.0.1/24", "dev", "path");
    far.run("ip", "addr", "add", HOST + "/24", "dev", "path");
    near.run("ip", "link", "set", "path", "up");
    far.run("ip", "link", "set", "path", "up");
    far.run("sysctl", "-qw", "net.ipv4.icmp_echo_ignore_all=1");
  }
}
