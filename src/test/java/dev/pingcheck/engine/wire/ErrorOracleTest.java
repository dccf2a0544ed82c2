package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.TestPackets;
import dev.pingcheck.engine.wire.IcmpDecoder.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our reader of ICMP errors against pcap4j's: each type and code, with quotes of all lengths.
 * Memory ends where the packet ends, so that reading too far throws.
 */
class ErrorOracleTest {
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int FRAGMENT_HEADER = 8;
  private static final int ECHO_HEADER = 8;
  private static final int SIGNED = 24;
  private static final int TO_IPV4 = 0xc0000207;
  private static final int REST = 0xc0a805dc;

  private final IcmpDecoder decoder = new IcmpDecoder();
  private final byte[] request =
      TestPackets.request(IcmpVersion.ICMPV4, 0xbeef, 0x8001, 0x1122334455667788L, -99, 56);
  private final byte[] request6 =
      TestPackets.request(IcmpVersion.ICMPV6, 0xbeef, 0x8001, 0x1122334455667788L, -99, 56);

  @ParameterizedTest
  @CsvSource({"3, 15, ERROR", "11, 1, ERROR", "12, 2, ERROR", "5, 3, REDIRECT", "4, 0, IGNORED"})
  void everyFieldOfAnIpv4ErrorIsWhatPcap4jReads(int type, int lastCode, Verdict verdict) {
    for (byte[] quote : ipv4Quotes()) {
      int header = (quote[0] & 0xf) * 4;
      for (int code = 0; code <= lastCode; code++) {
        for (int length = 0; length <= quote.length; length++) {
          byte[] error = TestPackets.error(type, code, REST, Arrays.copyOf(quote, length));
          byte[] packet = TestPackets.ipv4(error, 64);
          Verdict expected = length < header + ECHO_HEADER ? Verdict.IGNORED : verdict;
          MemorySegment octets = exactly(packet);
          assertThat(decoder.decodeIpv4(octets, packet.length)).isEqualTo(expected);
          compare(IcmpVersion.ICMPV4, expected, length >= header + SIGNED, packet);
          assertThat(decoder.decodeIpv4Message(exactly(error), error.length, false))
              .isEqualTo(expected);
          compare(IcmpVersion.ICMPV4, expected, length >= header + SIGNED, packet);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "2, 0", "3, 1", "4, 2"})
  void everyFieldOfAnIpv6ErrorIsWhatPcap4jReads(int type, int lastCode) {
    for (boolean fragment : new boolean[] {false, true}) {
      byte[] quote = TestPackets.ipv6To(request6, 0x20010db8_0000_0001L, 0xfeed, fragment);
      int header = IPV6_HEADER + (fragment ? FRAGMENT_HEADER : 0);
      for (int code = 0; code <= lastCode; code++) {
        for (int length = 0; length <= quote.length; length++) {
          byte[] error = TestPackets.error(type, code, REST, Arrays.copyOf(quote, length));
          Verdict expected = length < header + ECHO_HEADER ? Verdict.IGNORED : Verdict.ERROR;
          assertThat(decoder.decodeIpv6(exactly(error), error.length, false)).isEqualTo(expected);
          compare(IcmpVersion.ICMPV6, expected, length >= header + SIGNED, error);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void everyFieldOfAnIpv6RedirectIsWhatPcap4jReads(boolean fragment) {
    byte[] quote = TestPackets.ipv6To(request6, 0x20010db8_0000_0001L, 0xfeed, fragment);
    int header = IPV6_HEADER + (fragment ? FRAGMENT_HEADER : 0);
    // The option counts in units of eight octets.
    for (int length = 0; length <= quote.length; length += Long.BYTES) {
      byte[] redirect =
          TestPackets.redirectIpv6(0xfe80_0000_0000_0000L, 9, Arrays.copyOf(quote, length));
      Verdict expected = length < header + ECHO_HEADER ? Verdict.IGNORED : Verdict.REDIRECT;
      assertThat(decoder.decodeIpv6(exactly(redirect), redirect.length, false)).isEqualTo(expected);
      compare(IcmpVersion.ICMPV6, expected, length >= header + SIGNED, redirect);
    }
  }

  private void compare(IcmpVersion version, Verdict verdict, boolean cookie, byte[] octets) {
    Optional<PcapMessage> read =
        version == IcmpVersion.ICMPV4
            ? PcapMessage.ofIpv4(octets)
            : PcapMessage.ofMessage(version, octets);
    new PcapOracle(version, decoder).compare(verdict, read);
    if (verdict == Verdict.ERROR || verdict == Verdict.REDIRECT) {
      assertThat(decoder.quote().hasCookie()).isEqualTo(cookie);
    }
  }

  /** With the least header, and with one that holds options: a router alert and padding. */
  private byte[][] ipv4Quotes() {
    byte[] plain = TestPackets.ipv4To(request, TO_IPV4);
    ByteBuffer optional = ByteBuffer.allocate(plain.length + 4);
    optional.put(plain, 0, IPV4_HEADER).putInt(0x94040000).put(request);
    optional.put(0, (byte) 0x46).putShort(2, (short) optional.capacity());
    return new byte[][] {plain, optional.array()};
  }

  private static MemorySegment exactly(byte[] octets) {
    MemorySegment memory = Arena.ofAuto().allocate(octets.length);
    return memory.copyFrom(MemorySegment.ofArray(octets)).asReadOnly();
  }
}
