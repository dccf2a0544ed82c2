package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.TestPackets;
import dev.pingcheck.engine.wire.IcmpDecoder.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IcmpDecoderTest {
  private final IcmpDecoder decoder = new IcmpDecoder();
  private final byte[] request = TestPackets.request(IcmpVersion.ICMPV4, 0xbeef, 0x8001, 9, 99, 56);
  private final byte[] request6 =
      TestPackets.request(IcmpVersion.ICMPV6, 0xbeef, 0x8001, 9, 99, 56);

  @Test
  void readsAnIpv4Reply() {
    assertThat(ipv4(TestPackets.ipv4(TestPackets.reply(request), 57))).isEqualTo(Verdict.REPLY);
    assertThat(decoder.identifier()).isEqualTo(0xbeef);
    assertThat(decoder.sequence()).isEqualTo(0x8001);
    assertThat(decoder.number()).isEqualTo(9);
    assertThat(decoder.cookie()).isEqualTo(99);
    assertThat(decoder.timeToLive()).isEqualTo(57);
    assertThat(decoder.messageSize()).isEqualTo(64);
    assertThat(decoder.isIntact(PayloadPattern.COUNTING)).isTrue();
  }

  @Test
  void readsAnIpv6Reply() {
    assertThat(ipv6(TestPackets.reply(request6))).isEqualTo(Verdict.REPLY);
    assertThat(decoder.number()).isEqualTo(9);
    assertThat(decoder.isIntact(PayloadPattern.COUNTING)).isTrue();
  }

  @Test
  void eachSingleBitThatFlipsInAnIpv4ReplyIsFound() {
    byte[] reply = TestPackets.reply(request);
    for (int bit = 8; bit < reply.length * 8; bit++) {
      byte[] damaged = reply.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(ipv4(TestPackets.ipv4(damaged, 64))).isEqualTo(Verdict.CORRUPT);
    }
  }

  @Test
  void replyThatEndsEarlyIsTruncatedAndStillNamesItsRequest() {
    byte[] packet = TestPackets.ipv4(TestPackets.reply(request), 64);
    for (int length = 28; length < packet.length; length++) {
      assertThat(ipv4(Arrays.copyOf(packet, length))).isEqualTo(Verdict.TRUNCATED);
      assertThat(decoder.sequence()).isEqualTo(0x8001);
    }
    assertThat(ipv4(Arrays.copyOf(packet, 27))).isEqualTo(Verdict.IGNORED);
    assertThat(ipv6(Arrays.copyOf(TestPackets.reply(request6), 23))).isEqualTo(Verdict.TRUNCATED);
  }

  @Test
  void ipv4ErrorQuotesTheRequestAlsoWhenOnlyEightOctetsOfItAreThere() {
    byte[] whole = TestPackets.ipv4To(request, 0xc0000201);
    byte[] error = TestPackets.ipv4(TestPackets.error(3, 13, 0, whole), 64);
    assertThat(ipv4(error)).isEqualTo(Verdict.ERROR);
    assertThat(decoder.type()).isEqualTo(3);
    assertThat(decoder.code()).isEqualTo(13);
    assertThat(decoder.quote().hasCookie()).isTrue();
    assertThat(decoder.quote().cookie()).isEqualTo(99);
    byte[] brief = TestPackets.ipv4(TestPackets.error(11, 0, 0, Arrays.copyOf(whole, 28)), 64);
    assertThat(ipv4(brief)).isEqualTo(Verdict.ERROR);
    assertThat(decoder.quote().hasCookie()).isFalse();
    assertThat(decoder.quote().identifier()).isEqualTo(0xbeef);
    assertThat(decoder.quote().sequence()).isEqualTo(0x8001);
    assertThat(decoder.quote().destinationLow()).isEqualTo(0xc0000201L);
    assertThat(ipv4(TestPackets.ipv4(TestPackets.error(11, 0, 0, Arrays.copyOf(whole, 27)), 64)))
        .isEqualTo(Verdict.IGNORED);
  }

  /** RFC 4884 section 4: 128 octets in front of what a router appends. */
  @Test
  void quoteThatARouterHasFilledUpWithZerosIsAShortOne() {
    byte[] whole = TestPackets.ipv4To(request, 0xc0000201);
    byte[] padded = Arrays.copyOf(Arrays.copyOf(whole, 28), 128 + 12);
    padded[128] = 0x20;
    assertThat(ipv4(TestPackets.ipv4(TestPackets.error(11, 0, 0, padded), 64)))
        .isEqualTo(Verdict.ERROR);
    assertThat(decoder.quote().sequence()).isEqualTo(0x8001);
    assertThat(decoder.quote().hasCookie()).isFalse();
    byte[] extended = Arrays.copyOf(whole, 128 + 12);
    assertThat(ipv4(TestPackets.ipv4(TestPackets.error(11, 0, 0, extended), 64)))
        .isEqualTo(Verdict.ERROR);
    assertThat(decoder.quote().cookie()).isEqualTo(99);
  }

  @Test
  void tellsTheMtuOfPacketTooBig() {
    byte[] quote = TestPackets.ipv4To(request, 1);
    assertThat(ipv4(TestPackets.ipv4(TestPackets.error(3, 4, 1400, quote), 64)))
        .isEqualTo(Verdict.ERROR);
    assertThat(decoder.mtu()).isEqualTo(1400);
    byte[] quote6 = TestPackets.ipv6To(request6, 1, 2, false);
    assertThat(ipv6(TestPackets.error(2, 0, 1280, quote6))).isEqualTo(Verdict.ERROR);
    assertThat(decoder.mtu()).isEqualTo(1280);
  }

  @Test
  void ipv6ErrorQuotesTheRequestAlsoBehindAFragmentHeader() {
    for (boolean fragment : new boolean[] {false, true}) {
      byte[] quote = TestPackets.ipv6To(request6, 0x20010db800000000L, 1, fragment);
      assertThat(ipv6(TestPackets.error(1, 3, 0, quote))).isEqualTo(Verdict.ERROR);
      assertThat(decoder.quote().destinationHigh()).isEqualTo(0x20010db800000000L);
      assertThat(decoder.quote().destinationLow()).isEqualTo(1);
      assertThat(decoder.quote().identifier()).isEqualTo(0xbeef);
      assertThat(decoder.quote().number()).isEqualTo(9);
    }
  }

  @Test
  void errorsThatQuoteSomethingElseAndOtherTypesAreIgnored() {
    byte[] reply = TestPackets.ipv4To(TestPackets.reply(request), 1);
    assertThat(ipv4(TestPackets.ipv4(TestPackets.error(3, 1, 0, reply), 64)))
        .isEqualTo(Verdict.IGNORED);
    assertThat(ipv4(TestPackets.ipv4(request, 64))).isEqualTo(Verdict.IGNORED);
    byte[] redirect = TestPackets.error(5, 1, 0, reply);
    assertThat(ipv4(TestPackets.ipv4(redirect, 64))).isEqualTo(Verdict.IGNORED);
    byte[] reply6 = TestPackets.ipv6To(TestPackets.reply(request6), 1, 2, false);
    assertThat(ipv6(TestPackets.redirectIpv6(1, 2, reply6))).isEqualTo(Verdict.IGNORED);
  }

  @Test
  void redirectQuotesTheRequestAndNamesTheBetterRouter() {
    byte[] quote = TestPackets.ipv4To(request, 0xc0000201);
    byte[] redirect = TestPackets.error(5, 1, 0xc00002fe, quote);
    assertThat(ipv4(TestPackets.ipv4(redirect, 64))).isEqualTo(Verdict.REDIRECT);
    assertThat(decoder.quote().destinationLow()).isEqualTo(0xc0000201L);
    assertThat(decoder.gatewayHigh()).isZero();
    assertThat(decoder.gatewayLow()).isEqualTo(0xc00002feL);
    byte[] quote6 = TestPackets.ipv6To(request6, 0x20010db800000000L, 1, false);
    byte[] redirect6 = TestPackets.redirectIpv6(0xfe80000000000000L, 9, quote6);
    assertThat(ipv6(redirect6)).isEqualTo(Verdict.REDIRECT);
    assertThat(decoder.quote().sequence()).isEqualTo(0x8001);
    assertThat(decoder.gatewayHigh()).isEqualTo(0xfe80000000000000L);
    assertThat(decoder.gatewayLow()).isEqualTo(9);
  }

  @Test
  void ipv6RedirectWithoutTheRedirectedHeaderOrWithAnOptionOfAnImpossibleLengthIsIgnored() {
    byte[] quote = TestPackets.ipv6To(request6, 1, 2, false);
    byte[] redirect = TestPackets.redirectIpv6(1, 2, quote);
    assertThat(ipv6(Arrays.copyOf(redirect, 40))).isEqualTo(Verdict.IGNORED);
    redirect[41]++;
    assertThat(ipv6(redirect)).isEqualTo(Verdict.IGNORED);
    redirect[40] = 2;
    redirect[41] = 0;
    assertThat(ipv6(redirect)).isEqualTo(Verdict.IGNORED);
  }

  @Test
  void aMillionMutatedPacketsNeitherThrowNorReadOutOfBounds() {
    Random random = new Random(20_260_101);
    byte[][] seeds = {
      TestPackets.ipv4(TestPackets.reply(request), 64),
      TestPackets.ipv4(TestPackets.error(3, 1, 0, TestPackets.ipv4To(request, 1)), 64),
      TestPackets.reply(request6),
      TestPackets.error(1, 0, 0, TestPackets.ipv6To(request6, 1, 2, true)),
      TestPackets.ipv4(TestPackets.error(5, 1, 7, TestPackets.ipv4To(request, 1)), 64),
      TestPackets.redirectIpv6(1, 2, TestPackets.ipv6To(request6, 1, 2, false)),
      new byte[0],
    };
    for (int i = 0; i < 1_000_000; i++) {
      byte[] packet = mutate(seeds[random.nextInt(seeds.length)], random);
      MemorySegment octets = MemorySegment.ofArray(packet).asReadOnly();
      Verdict verdict =
          random.nextBoolean()
              ? decoder.decodeIpv4(octets, packet.length)
              : decoder.decodeIpv6(octets, packet.length, random.nextInt(8) == 0);
      readAll(verdict);
    }
  }

  private void readAll(Verdict verdict) {
    if (verdict == Verdict.REPLY) {
      decoder.cookie();
      decoder.number();
      decoder.isIntact(PayloadPattern.COUNTING);
    } else if (verdict == Verdict.ERROR || verdict == Verdict.REDIRECT) {
      decoder.mtu();
      decoder.gatewayHigh();
      decoder.gatewayLow();
      assertThat(decoder.quote().identifier()).isBetween(0, 65_535);
    } else if (verdict != Verdict.IGNORED) {
      assertThat(decoder.identifier()).isBetween(0, 65_535);
    }
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] packet = Arrays.copyOf(seed, random.nextInt(4) == 0 ? random.nextInt(200) : seed.length);
    for (int n = random.nextInt(6); n > 0 && packet.length > 0; n--) {
      packet[random.nextInt(random.nextBoolean() ? packet.length : Math.min(packet.length, 72))] =
          (byte) random.nextInt();
    }
    return packet;
  }

  private Verdict ipv4(byte[] packet) {
    return decoder.decodeIpv4(MemorySegment.ofArray(packet), packet.length);
  }

  private Verdict ipv6(byte[] packet) {
    return decoder.decodeIpv6(MemorySegment.ofArray(packet), packet.length, false);
  }
}
