package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.util.ByteArrays;

class InternetChecksumTest {

  @ParameterizedTest
  @CsvSource({
    // RFC 1071 section 3: the sum is ddf2.
    "0001f203f4f5f6f7, 220d",
    "'', ffff",
    "00, ffff",
    "01, feff",
    "ffff, 0000",
    "0001f203f4f5f6, 2304",
    "45000073000040004011c0a80001c0a800c7, b861",
  })
  void checksumOfKnownOctets(String hex, String checksum) {
    byte[] octets = HexFormat.of().parseHex(hex);
    MemorySegment segment = MemorySegment.ofArray(octets);
    assertThat(InternetChecksum.of(segment, 0, octets.length))
        .isEqualTo(Integer.parseInt(checksum, 16));
  }

  @Test
  void agreesWithAnIndependentImplementationAtEachLengthAndOffset() {
    byte[] octets = new byte[1600];
    new Random(1071).nextBytes(octets);
    MemorySegment segment = MemorySegment.ofArray(octets);
    for (int length = 0; length < 1500; length++) {
      int offset = length % 7;
      byte[] part = java.util.Arrays.copyOfRange(octets, offset, offset + length);
      assertThat(InternetChecksum.of(segment, offset, length))
          .isEqualTo(Short.toUnsignedInt(ByteArrays.calcChecksum(part)));
    }
  }
}
