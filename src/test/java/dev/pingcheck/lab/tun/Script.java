package dev.pingcheck.lab.tun;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What is done to each request: the same for the same seed and ordinal.
 *
 * @param seed any
 */
public record Script(long seed) {
  private static final Deed[] DEEDS = Deed.values();
  private static final int WEIGHTS = Stream.of(DEEDS).mapToInt(Deed::weight).sum();

  /** The golden ratio's fraction: neighbours get seeds that differ in about half of their bits. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /** The dice of one request; the first throw is the deed's. */
  RandomGenerator dice(int ordinal) {
    return new SplittableRandom(seed ^ (ordinal + 1) * SPREAD);
  }

  /** What is done to a request. */
  public Deed deed(int ordinal) {
    return deed(dice(ordinal));
  }

  static Deed deed(RandomGenerator dice) {
    int thrown = dice.nextInt(WEIGHTS);
    for (Deed deed : DEEDS) {
      thrown -= deed.weight();
      if (thrown < 0) {
        return deed;
      }
    }
    throw new IllegalStateException("the weights do not sum up");
  }
}
