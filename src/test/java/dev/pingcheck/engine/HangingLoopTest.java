package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What liveness asks: whether the loop goes around. */
class HangingLoopTest {
  private final EngineFixture f = new EngineFixture();

  @Test
  void loopThatHangsForFifteenSecondsIsNotAliveAndIsAgainWhenItGoesOn() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    f.port.waitReally();
    f.loop.start();
    try {
      f.loop.execute(() -> {
        hangs.countDown();
        waitFor(goesOn);
      });
      assertThat(hangs.await(60, TimeUnit.SECONDS)).isTrue();
      f.clock.advance(Duration.ofSeconds(15).minusNanos(1));
      assertThat(f.engine.isAlive()).isTrue();
      f.clock.advance(Duration.ofNanos(1));
      assertThat(f.engine.isAlive()).isFalse();
      goesOn.countDown();
      await().until(f.engine::isAlive);
    } finally {
      goesOn.countDown();
      f.loop.close();
    }
    assertThat(f.engine.isAlive()).as("it has ended").isFalse();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
