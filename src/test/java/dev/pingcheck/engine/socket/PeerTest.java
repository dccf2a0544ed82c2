package dev.pingcheck.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.255, 192.0.2.255",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "::ffff:192.0.2.1, 192.0.2.1",
  })
  void textIsThatOfRfc5952(String literal, String text) throws Exception {
    Peer peer = Peer.of(InetAddress.getByName(literal));
    assertThat(peer.text()).isEqualTo(text);
    assertThat(peer.toInetAddress()).isEqualTo(InetAddress.getByName(literal));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "0, 2, true", "2, 0, true", "2, 2, true", "2, 3, false"})
  void scopesDifferOnlyWhereBothAreKnown(int own, int other, boolean matches) {
    Peer peer = new Peer(IpFamily.IPV6, 0xfe80L << 48, 1, own);
    assertThat(peer.matches(0xfe80L << 48, 1, other)).isEqualTo(matches);
    assertThat(peer.matches(0xfe80L << 48, 2, other)).isFalse();
  }
}
