package dev.pingcheck.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A million echo requests of both families to five thousand addresses behind a network that lies:
 * what the engine reports of each one is what was done to it. Set the system property {@code
 * pingcheck.truth.seed} to repeat a run.
 */
@Tag("alone")
class TruthIT {
  private static final int REQUESTS = 1_000_000;
  private static final int WINDOW = 4_000;

  /** A machine that stands still for half a second makes a whole window so; mostly none is. */
  private static final int MOST_UNSURE = REQUESTS / 20;

  @ParameterizedTest
  @EnumSource
  void theReportOfEachEchoIsWhatWasDoneToIt(SocketKind sockets) {
    long seed = Long.getLong("pingcheck.truth.seed", System.nanoTime());
    TruthResult result = TruthRun.of(sockets.name(), seed, REQUESTS, WINDOW);
    String run =
        String.format(
            Locale.ROOT,
            "%s sockets, seed %d (-Dpingcheck.truth.seed=%d), %s, unsure %d",
            sockets,
            seed,
            seed,
            result.load(),
            result.unsure());
    System.out.println("truth: " + run);
    assertThat(result.words()).as(run).isEmpty();
    assertThat(result.miscounts()).as(run).isZero();
    assertThat(result.unseen()).as(run).isZero();
    assertThat(result.load().droppedReplies()).as(run).isZero();
    assertThat(result.load().droppedRequests()).as(run).isZero();
    assertThat(result.unsure()).as(run).isLessThan(MOST_UNSURE);
  }
}
