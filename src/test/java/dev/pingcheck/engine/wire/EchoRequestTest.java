package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.namednumber.IcmpV4Type;

class EchoRequestTest {
  private final MemorySegment buffer = Arena.ofAuto().allocate(65_535);
  private final EchoRequest request = new EchoRequest(buffer);

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 56, 1472, 65_507})
  void pcap4jReadsEachFieldAndFindsTheChecksumRight(int payload) throws Exception {
    int size = request.write(IcmpVersion.ICMPV4, 0xbeef, 0x8001, 77, 0x1122334455667788L, payload);
    request.seal(size);
    byte[] octets = buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    IcmpV4CommonPacket packet = IcmpV4CommonPacket.newPacket(octets, 0, size);
    IcmpV4EchoPacket echo = packet.get(IcmpV4EchoPacket.class);
    assertThat(size).isEqualTo(8 + payload);
    assertThat(packet.getHeader().getType()).isEqualTo(IcmpV4Type.ECHO);
    assertThat(packet.getHeader().getCode().value()).isZero();
    assertThat(packet.hasValidChecksum(false)).isTrue();
    assertThat(echo.getHeader().getIdentifierAsInt()).isEqualTo(0xbeef);
    assertThat(echo.getHeader().getSequenceNumberAsInt()).isEqualTo(0x8001);
    assertThat(echo.getPayload().length()).isEqualTo(payload);
  }

  @Test
  void anotherRequestInTheSameBufferIsAsIfWrittenFromScratch() {
    request.write(IcmpVersion.ICMPV4, 1, 2, 3, 4, 1000);
    int size = request.write(IcmpVersion.ICMPV6, 5, 6, 7, 8, 200);
    MemorySegment other = Arena.ofAuto().allocate(300);
    new EchoRequest(other).write(IcmpVersion.ICMPV6, 5, 6, 7, 8, 200);
    assertThat(buffer.asSlice(0, size).mismatch(other.asSlice(0, size))).isEqualTo(-1);
  }

  @Test
  void anotherPatternReplacesTheOneBeforeAsFarAsARequestGoes() {
    PayloadPattern pattern = PayloadPattern.repeating((byte) 0xff, (byte) 1, (byte) 2);
    request.write(IcmpVersion.ICMPV4, 1, 2, 3, 4, 1000);
    request.fill(pattern);
    int size = request.write(IcmpVersion.ICMPV6, 5, 6, 7, 8, 19);
    byte[] octets = buffer.asSlice(0, size + 1).toArray(ValueLayout.JAVA_BYTE);
    // Behind 16 octets of cookie and number: the pattern counts from the payload's start.
    assertThat(octets).endsWith(1, 2, 0xff, 19);
    request.fill(PayloadPattern.COUNTING);
    request.write(IcmpVersion.ICMPV6, 5, 6, 7, 8, 1000);
    assertThat(buffer.asSlice(0, 1008).toArray(ValueLayout.JAVA_BYTE)).endsWith(0xe6, 0xe7);
    assertThat(buffer.get(ValueLayout.JAVA_BYTE, 24)).isEqualTo((byte) 16);
  }
}
