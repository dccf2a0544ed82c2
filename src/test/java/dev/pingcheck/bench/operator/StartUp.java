package dev.pingcheck.bench.operator;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From the start of the process to "ready", with a probe that dials every few milliseconds. */
final class StartUp {
  private static final int STARTS = 5;
  private static final double GOAL_MILLIS = 1000;

  private final Bed bed;

  StartUp(Bed bed) {
    this.bed = bed;
  }

  void measure(List<Figure> figures, List<String> words) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    try (SimulatedProbe probe = new SimulatedProbe(bed.socket())) {
      for (int i = 0; i < STARTS; i++) {
        try (OperatorProcess operator = bed.operator()) {
          millis.add(operator.awaitReady());
        }
      }
    }
    Sample sample = new Sample(millis);
    bed.say("start to ready: " + sample.sorted());
    figures.add(Bed.atMost("start", sample.percentile(50), "ms", GOAL_MILLIS));
    words.add(
        String.format(
            Locale.ROOT,
            "Start to ready: the median of %d starts (%.0f to %.0f ms), without a check.",
            STARTS,
            sample.min(),
            sample.max()));
  }
}
