package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pingcheck.link.proto.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportBufferTest {

  private static ReportBuffer buffer(int reports, long bytes, int inFlight) {
    LinkClientLimits defaults = LinkClientLimits.defaults();
    return new ReportBuffer(
        new LinkClientLimits(
            reports, bytes, inFlight, defaults.backoff(), Duration.ZERO, Duration.ZERO));
  }

  private static void add(ReportBuffer buffer, int reports) {
    for (int number = 1; number <= reports; number++) {
      buffer.add(ReportMessages.encode(Samples.report("abc", number)));
    }
  }

  private static List<Long> sendable(ReportBuffer buffer) {
    List<Long> sequences = new ArrayList<>();
    for (Optional<byte[]> next = buffer.next(); next.isPresent(); next = buffer.next()) {
      try {
        sequences.add(Report.parseFrom(next.get()).getSequence());
      } catch (InvalidProtocolBufferException broken) {
        throw new AssertionError(broken);
      }
    }
    return sequences;
  }

  @Test
  void reportsGoInOrderAndOnlyAsManyAsMayBeInFlight() {
    ReportBuffer buffer = buffer(10, 1 << 20, 3);
    add(buffer, 5);
    assertThat(sendable(buffer)).containsExactly(1L, 2L, 3L);
    buffer.acknowledge(2);
    assertThat(sendable(buffer)).containsExactly(4L);
    buffer.acknowledge(1);
    buffer.acknowledge(1);
    buffer.acknowledge(77);
    assertThat(sendable(buffer)).containsExactly(5L);
  }

  @Test
  void afterABreakTheUnacknowledgedOnesGoAgainInOrder() {
    ReportBuffer buffer = buffer(10, 1 << 20, 10);
    add(buffer, 5);
    assertThat(sendable(buffer)).hasSize(5);
    buffer.acknowledge(1);
    buffer.acknowledge(3);
    buffer.rewind();
    assertThat(sendable(buffer)).containsExactly(2L, 4L, 5L);
  }

  @Test
  void aFullBufferDropsTheOldestAndCountsIt() {
    ReportBuffer buffer = buffer(3, 1 << 20, 10);
    add(buffer, 5);
    assertThat(buffer.dropped()).isEqualTo(2);
    assertThat(sendable(buffer)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void whatIsOnItsWayIsDroppedLast() {
    ReportBuffer buffer = buffer(3, 1 << 20, 2);
    add(buffer, 3);
    assertThat(sendable(buffer)).containsExactly(1L, 2L);
    add(buffer, 1);
    assertThat(buffer.dropped()).isEqualTo(1);
    buffer.rewind();
    assertThat(sendable(buffer)).containsExactly(1L, 2L);
    buffer.acknowledge(1);
    buffer.acknowledge(2);
    assertThat(sendable(buffer)).containsExactly(4L);
  }

  @Test
  void octetsAreBoundedToo() {
    int one =
        ReportMessages.encode(Samples.report("abc", 1)).setSequence(1).build().getSerializedSize();
    ReportBuffer buffer = buffer(1000, 3L * one, 10);
    add(buffer, 5);
    assertThat(buffer.size()).isEqualTo(3);
    assertThat(buffer.dropped()).isEqualTo(2);
  }

  @Test
  void aReportThatNoMessageCanHoldIsDroppedAndCounted() {
    ReportBuffer buffer = buffer(10, 10, 10);
    add(buffer, 1);
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.dropped()).isEqualTo(1);
  }

  @Test
  void pausesDoubleUpToTheLongestAndAreShortenedByAtMostHalf() {
    LinkClientLimits.Backoff backoff = LinkClientLimits.defaults().backoff();
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(3, 0)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(3, 0.5)).isEqualTo(Duration.ofMillis(300));
    assertThat(backoff.after(7, 0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.after(1_000_000, 0)).isEqualTo(Duration.ofSeconds(5));
  }
}
