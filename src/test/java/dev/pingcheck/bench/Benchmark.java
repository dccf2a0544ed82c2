package dev.pingcheck.bench;

import java.util.function.Consumer;

/** Something that can be measured. */
public interface Benchmark {
  /** Lower-case, of one word or two with a hyphen. */
  String name();

  /** What it measures, as one line of the list of benchmarks. */
  String summary();

  /**
   * Measures, and leaves nothing behind.
   *
   * @param progress takes a line now and then about how far it is
   * @throws IllegalStateException with a sentence when something is missing or does not answer
   */
  Measurement run(Consumer<String> progress);
}
