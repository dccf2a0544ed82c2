package dev.pingcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.stats.Evidence;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketCaptureTest {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final EvidenceKeeper keeper = new EvidenceKeeper(Clock.system(), 1 << 20);
  private final PacketCapture capture = new PacketCapture(this::open, keeper);

  private PacketSource open() {
    open.incrementAndGet();
    opened.incrementAndGet();
    return new PacketSource() {
      @Override
      public Optional<RawPacket> next() {
        LockSupport.parkNanos(1_000_000);
        return Optional.empty();
      }

      @Override
      public long drops() {
        return 3;
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  @AfterEach
  void end() {
    capture.close();
  }

  @Test
  void itBeginsWithTheFirstCheckThatAsksAndEndsWithTheLast() {
    capture.want("a", false);
    assertThat(opened).hasValue(0);
    capture.want("a", true);
    await().atMost(60, TimeUnit.SECONDS).until(() -> keeper.sight().equals(Evidence.HELD));
    capture.want("b", true);
    capture.want("a", false);
    assertThat(keeper.sight()).isEqualTo(Evidence.HELD);
    await().atMost(60, TimeUnit.SECONDS).until(() -> capture.counts().kernelDrops() == 3);
    capture.want(Set.of());
    assertThat(keeper.sight().state()).isEqualTo(Evidence.State.MISSING);
    await().atMost(60, TimeUnit.SECONDS).until(() -> open.get() == 0);
    assertThat(opened).hasValue(1);
    capture.want(Set.of("c"));
    await().atMost(60, TimeUnit.SECONDS).until(() -> keeper.sight().equals(Evidence.HELD));
    assertThat(opened).hasValue(2);
  }

  @Test
  void aCaptureThatCannotBeHadSaysWhy() {
    PacketCapture refused =
        new PacketCapture(
            () -> {
              throw new IOException("the probe was started with --no-capture");
            },
            keeper);
    refused.want("a", true);
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() ->
            keeper.sight().equals(Evidence.missing("the probe was started with --no-capture")));
    refused.close();
  }
}
