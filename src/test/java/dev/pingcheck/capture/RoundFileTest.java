package dev.pingcheck.capture;

import static dev.pingcheck.capture.Packets.HOST;
import static dev.pingcheck.capture.Packets.OURS;
import static dev.pingcheck.capture.Packets.answered;
import static dev.pingcheck.capture.Packets.ipv4;
import static dev.pingcheck.capture.Packets.ipv4Error;
import static dev.pingcheck.capture.Packets.lost;
import static dev.pingcheck.capture.Packets.raw;
import static dev.pingcheck.capture.Packets.round;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.capture.PacketSource.RawPacket;
import dev.pingcheck.engine.EchoTrace;
import dev.pingcheck.engine.RoundTrace;
import dev.pingcheck.stats.LossReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundFileTest {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int PACKET = 6;

  private static byte[] file(RoundTrace round, RawPacket... packets) {
    return new RoundFile(round, Stream.of(packets).map(Packets::captured).toList())
        .write(device -> "eth" + device);
  }

  private static List<String> comments(byte[] file) {
    return PcapReading.comments(file, PACKET);
  }

  @Test
  void libpcapReadsEachPacketWithItsNanosecond() throws Exception {
    byte[] request = ipv4(8, OURS, HOST, 1);
    byte[] reply = ipv4(0, HOST, OURS, 1);
    byte[] file =
        file(
            round("a", 1, answered(HOST, 1), lost(HOST, 2)),
            raw(100, request),
            new RawPacket(raw(101, reply).epochNanos() + 7, 2, reply, reply.length));

    List<PcapReading.Read> packets = PcapReading.packets(file);

    assertThat(packets).hasSize(2);
    assertThat(packets.get(0).octets()).isEqualTo(request);
    assertThat(packets.get(0).nanos()).isEqualTo(100_000_000);
    assertThat(packets.get(1).octets()).isEqualTo(reply);
    assertThat(packets.get(1).nanos()).isEqualTo(101_000_007);
  }

  @Test
  void eachPacketSaysWhatTheProbeMadeOfIt() {
    byte[] file =
        file(
            round("a", 17, answered(HOST, 1), lost(HOST, 2)),
            raw(0, ipv4(8, OURS, HOST, 1)),
            raw(1, ipv4(0, HOST, OURS, 1)),
            raw(2, ipv4(0, HOST, OURS, 1)),
            raw(3, ipv4(0, "192.0.2.77", OURS, 1)),
            raw(1000, ipv4(8, OURS, HOST, 2)),
            raw(2900, ipv4(0, HOST, OURS, 2)));

    assertThat(comments(file))
        .containsExactly(
            "request 1: answered",
            "reply to request 1",
            "duplicate reply to request 1",
            "reply to request 1 from another address, not counted",
            "request 2: lost, timeout",
            "late reply to request 2");
    assertThat(PcapReading.comments(file, SECTION))
        .containsExactly(
            "team/gateway, round 9f3c21aa-17 from 2026-01-01T00:00:00Z to 2026-01-01T00:00:02Z:"
                + " 2 requests, 1 lost.");
  }

  @Test
  void packetsOfOtherRoundsAreNotInIt() {
    byte[] file =
        file(
            round("a", 1, lost(HOST, 2)),
            raw(0, ipv4(8, OURS, HOST, 1)),
            raw(1, ipv4(8, OURS, HOST, 2)),
            raw(2, ipv4(8, OURS, "192.0.2.9", 2)),
            raw(3, ipv4(0, HOST, OURS, 3)));

    assertThat(comments(file)).containsExactly("request 2: lost, timeout");
  }

  @Test
  void anErrorBelongsToTheRequestThatItQuotesHoweverShortly() {
    byte[] request = ipv4(8, OURS, HOST, 1);
    EchoTrace trace = Packets.trace(HOST, 1, Optional.of(LossReason.HOST_UNREACHABLE));
    byte[] file =
        file(
            round("a", 1, trace),
            raw(0, request),
            raw(1, ipv4Error(3, "192.0.2.254", request, 28)),
            raw(2, ipv4Error(3, "192.0.2.254", request, request.length)),
            raw(3, ipv4Error(3, "192.0.2.254", ipv4(8, OURS, "192.0.2.9", 1), 28)));

    assertThat(comments(file))
        .containsExactly(
            "request 1: lost, host unreachable", "error about request 1", "error about request 1");
  }

  @Test
  void aPacketThatPassesSeveralInterfacesIsOnePacket() {
    byte[] file =
        file(
            round("a", 1, answered(HOST, 1), lost(HOST, 2)),
            raw(0, 3, ipv4(8, OURS, HOST, 1)),
            raw(0, 4, ipv4(8, OURS, HOST, 1)),
            raw(1, 4, ipv4(0, HOST, OURS, 1)),
            raw(1, 3, ipv4(0, HOST, OURS, 1)));

    assertThat(comments(file)).containsExactly("request 1: answered", "reply to request 1");
  }

  @Test
  void whatIsMissingIsSaid() {
    EchoTrace unsent = Packets.trace(HOST, 3, Optional.of(LossReason.NO_ROUTE));
    byte[] file =
        file(round("a", 1, lost(HOST, 1), lost(HOST, 2), unsent), raw(0, ipv4(8, OURS, HOST, 2)));

    assertThat(PcapReading.comments(file, SECTION).getFirst())
        .endsWith(": 3 requests, 3 lost. The packets of 1 requests were not kept.");
  }

  @Test
  void aRoundThatIsTooLargeIsCutOffAndSaysSo() {
    List<RawPacket> packets = new ArrayList<>();
    for (int i = 0; i < RoundFile.MOST_PACKETS + 5; i++) {
      packets.add(raw(i, ipv4(8, OURS, HOST, 1)));
    }
    byte[] file = file(round("a", 1, lost(HOST, 1)), packets.toArray(RawPacket[]::new));

    assertThat(comments(file)).hasSize(RoundFile.MOST_PACKETS);
    assertThat(PcapReading.comments(file, SECTION).getFirst())
        .endsWith(" 5 later packets did not fit.");
  }
}
