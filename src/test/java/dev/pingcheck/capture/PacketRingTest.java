package dev.pingcheck.capture;

import static dev.pingcheck.capture.Packets.HOST;
import static dev.pingcheck.capture.Packets.OURS;
import static dev.pingcheck.capture.Packets.captured;
import static dev.pingcheck.capture.Packets.ipv4;
import static dev.pingcheck.capture.Packets.raw;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketRingTest {
  private static CapturedPacket packet(int millis) {
    return captured(raw(millis, ipv4(8, OURS, HOST, 1)));
  }

  private static final int WEIGHT = packet(0).weight();

  private static List<Long> times(PacketRing ring, int since) {
    long start = raw(0, new byte[0]).epochNanos();
    return ring.since(start + since * 1_000_000L).stream()
        .map(p -> (p.raw().epochNanos() - start) / 1_000_000)
        .toList();
  }

  @Test
  void theOldestGoWhenThereIsNoRoom() {
    PacketRing ring = new PacketRing(3L * WEIGHT, Duration.ofHours(1));
    for (int millis = 0; millis < 5; millis++) {
      ring.add(packet(millis));
    }
    assertThat(times(ring, 0)).containsExactly(2L, 3L, 4L);
    assertThat(ring.evicted()).isEqualTo(2);
    assertThat(ring.weight()).isEqualTo(3L * WEIGHT);
  }

  @Test
  void theOldestGoWhenTheyAreTooOld() {
    PacketRing ring = new PacketRing(1 << 20, Duration.ofSeconds(10));
    ring.add(packet(0));
    ring.add(packet(9_000));
    ring.add(packet(10_001));
    assertThat(times(ring, 0)).containsExactly(9_000L, 10_001L);
    ring.forgetOld(packet(19_001).raw().epochNanos());
    assertThat(times(ring, 0)).containsExactly(10_001L);
    assertThat(ring.evicted()).isZero();
    assertThat(ring.weight()).isEqualTo(WEIGHT);
  }

  @Test
  void whatCameLongBeforeIsLeftOut() {
    PacketRing ring = new PacketRing(1 << 20, Duration.ofHours(1));
    ring.add(packet(0));
    ring.add(packet(5_000));
    ring.add(packet(8_000));
    assertThat(times(ring, 5_500)).containsExactly(5_000L, 8_000L);
  }
}
