package dev.pingcheck.engine;

import dev.pingcheck.stats.Evidence;

/**
 * Has seen the packets of the checks that ask for it. Called on the loop's thread; must not block.
 */
public interface RoundWitness {

  /** Sees nothing. */
  RoundWitness BLIND =
      new RoundWitness() {
        @Override
        public Evidence sight() {
          return Evidence.missing("this process captures no packets");
        }

        @Override
        public void ended(RoundTrace round) {}
      };

  /**
   * Whether the packets of a round that begins or ends now are seen: {@link Evidence#HELD}, or why
   * they are not.
   */
  Evidence sight();

  /** A round with losses has ended, whose packets were seen all the time. */
  void ended(RoundTrace round);
}
