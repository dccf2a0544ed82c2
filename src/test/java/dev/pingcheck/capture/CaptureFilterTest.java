package dev.pingcheck.capture;

import static dev.pingcheck.capture.Packets.HOST;
import static dev.pingcheck.capture.Packets.OURS;
import static dev.pingcheck.capture.Packets.ipv4;
import static dev.pingcheck.capture.Packets.ipv6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.CaptureMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/** The filter as libpcap compiles it, on packets that begin with the IP header. */
class CaptureFilterTest {
  private static final DataLinkType RAW_IP = new DataLinkType(12, "RAW");
  private static final String SIX = "2001:db8::1";

  private PcapHandle handle;
  private BpfProgram ours;
  private BpfProgram others;

  @BeforeEach
  void compile() throws Exception {
    handle = Pcaps.openDead(RAW_IP, 256);
    ours = program(0x5a5a);
    others = program(0x5a5b);
  }

  private BpfProgram program(int bits) throws Exception {
    return handle.compileFilter(
        CaptureFilter.of(new CaptureMark(bits)),
        BpfCompileMode.OPTIMIZE,
        PcapHandle.PCAP_NETMASK_UNKNOWN);
  }

  @AfterEach
  void free() {
    ours.free();
    others.free();
    handle.close();
  }

  @Test
  void echoesOfThisMarkPassAndThoseOfAnotherDoNot() {
    for (byte[] packet :
        new byte[][] {
          ipv4(8, OURS, HOST, 1),
          ipv4(0, HOST, OURS, 1),
          ipv6(128, "2001:db8::9", SIX, 1),
          ipv6(129, SIX, "2001:db8::9", 1)
        }) {
      assertThat(ours.applyFilter(packet, packet.length, packet.length)).isTrue();
      assertThat(others.applyFilter(packet, packet.length, packet.length)).isFalse();
    }
  }

  @Test
  void errorsPassThatQuoteAnEchoRequestAndNoOthers() {
    byte[] four = ipv4(8, OURS, HOST, 1);
    byte[] six = ipv6(128, "2001:db8::9", SIX, 1);
    byte[] udp = four.clone();
    udp[9] = 17;
    assertThat(passes(Packets.ipv4Error(3, HOST, four, 28))).isTrue();
    assertThat(passes(Packets.ipv4Error(11, HOST, four, four.length))).isTrue();
    assertThat(passes(Packets.ipv6Error(1, SIX, six, six.length))).isTrue();
    assertThat(passes(Packets.ipv4Error(5, HOST, four, four.length))).isFalse();
    assertThat(passes(Packets.ipv4Error(3, HOST, udp, udp.length))).isFalse();
    assertThat(passes(Packets.ipv6Error(135, SIX, six, six.length))).isFalse();
  }

  private boolean passes(byte[] packet) {
    return ours.applyFilter(packet, packet.length, packet.length);
  }
}
