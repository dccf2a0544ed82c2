package dev.pingcheck.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTallyTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final RoundTally tally = new RoundTally("192.0.2.1", 4);

  @Test
  void replyWithoutATimeCountsAsReceivedAndItsTimeIsLeftOut() {
    tally.received(2, 30, true);
    tally.receivedUntimed(1);
    tally.received(0, 10, false);
    tally.lost(3, LossReason.TIMEOUT, AT);
    AddressRound round = tally.toAddressRound();
    assertThat(round.received()).isEqualTo(3);
    assertThat(round.replies().rtts()).isEqualTo(List.of(10L, 30L));
    assertThat(round.replies().kernelTimed()).isEqualTo(1);
    assertThat(round.lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
    assertThat(round.lossPercent()).isEqualTo(25);
  }

  @Test
  void theLastReplyIsToldToTheNanosecondAlsoBeforeTheEpoch() {
    for (int i = 0; i < 4; i++) {
      tally.receivedUntimed(i);
    }
    tally.lastReply(1_767_225_600_123_456_789L, 57);
    assertThat(tally.toAddressRound().lastReply())
        .contains(Instant.parse("2026-01-01T00:00:00.123456789Z"));
    assertThat(tally.toAddressRound().replies().timeToLive()).hasValue(57);
    tally.lastReply(-1, -1);
    assertThat(tally.toAddressRound().lastReply())
        .contains(Instant.parse("1969-12-31T23:59:59.999999999Z"));
    assertThat(tally.toAddressRound().replies().timeToLive()).isEmpty();
  }

  @Test
  void requestThatIsSettledTwiceIsAFault() {
    tally.receivedUntimed(1);
    assertThatThrownBy(() -> tally.received(1, 5, false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void replyCostsNoMemory() {
    int count = 10_000;
    RoundTally large = new RoundTally("192.0.2.1", 2 * count);
    count(large, 0, count);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long idle = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    count(large, count, 2 * count);
    // Not an octet a reply; what measuring itself takes is not always the same.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before - idle).isLessThan(count / 10);
    assertThat(large.isSettled()).isTrue();
  }

  private static void count(RoundTally tally, int from, int to) {
    for (int i = from; i < to; i++) {
      if (i % 3 == 0) {
        tally.receivedUntimed(i);
      } else {
        tally.received(i, i, i % 3 == 1);
      }
      tally.lastReply(i, 57);
    }
  }
}
