package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Benchmark;
import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The echo engine beside C and fping. One part alone runs with {@code
 * -Dpingcheck.bench.part=rate|targets|accuracy|memory|smokeping} in JAVA_TOOL_OPTIONS.
 */
public final class EngineBenchmark implements Benchmark {
  private static final Map<String, Function<Consumer<String>, List<Figure>>> PARTS = parts();

  private static Map<String, Function<Consumer<String>, List<Figure>>> parts() {
    Map<String, Function<Consumer<String>, List<Figure>>> parts = new LinkedHashMap<>();
    parts.put("rate", progress -> new Rate().measure(progress));
    parts.put("targets", progress -> new Targets().measure(progress));
    parts.put("accuracy", progress -> new Accuracy().measure(progress));
    parts.put("memory", progress -> new Memory().measure(progress));
    parts.put("smokeping", progress -> new Smokeping().measure(progress));
    return parts;
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String summary() {
    return "echoes a second, false losses, round-trip times and memory, beside C, fping, others";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    String only = System.getProperty("pingcheck.bench.part", "");
    if (!only.isEmpty() && !PARTS.containsKey(only)) {
      throw new IllegalStateException(
          "there is no part " + only + ": pingcheck.bench.part is one of " + PARTS.keySet());
    }
    List<Figure> figures = new ArrayList<>();
    PARTS.forEach((name, part) -> {
      if (only.isEmpty() || only.equals(name)) {
        figures.addAll(part.apply(progress));
      }
    });
    return new Measurement(
        figures,
        "Each in namespaces of its own; the contenders of a ratio ran in turn, five times, and the"
            + " median counts. Rates are of one core, the JVM's other threads included; a request"
            + " of the flood bears no send stamp, as docs/performance.md says.");
  }
}
