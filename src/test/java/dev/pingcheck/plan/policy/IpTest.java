package dev.pingcheck.plan.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "10.1.2.3, 10.1.2.3",
    "::, ::",
    "::1, ::1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    "fe80::, fe80::",
    "::ffff:192.0.2.1, 192.0.2.1",
    "0:0:0:0:0:FFFF:c000:201, 192.0.2.1",
    "::ffff:0:c000:201, ::ffff:0:c000:201"
  })
  void addressIsReadAndWrittenInItsShortestForm(String text, String shortest) {
    assertThat(Ip.parse(text)).map(Ip::toString).contains(shortest);
  }

  /** Others read these as octal, hexadecimal or short forms: nothing is guessed here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 10.0.0.1",
        "10.0.0.1 ",
        "10.0.0",
        "10.0.0.1.",
        "10.0.0.256",
        "010.0.0.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "127.1",
        "10.0.0.1/8",
        "١٠.0.0.1",
        "::ffff:010.0.0.1",
        "64:ff9b::0x7f.0.0.1",
        "64:ff9b::127.1",
        "64:ff9b::2130706433",
        "::1.2.3.4:5",
        "1.2.3.4::",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "fe80::1%eth0",
        "fe80::1%1",
        "[::1]",
        "::1/128",
        "::g",
        "localhost"
      })
  void everythingElseIsNoAddress(String text) {
    assertThat(Ip.parse(text)).isEqualTo(Optional.empty());
  }

  @Test
  void mappedAddressIsTheIpv4OneHoweverItCame() throws UnknownHostException {
    byte[] octets = new byte[16];
    octets[10] = octets[11] = (byte) 0xff;
    octets[12] = (byte) 169;
    octets[13] = (byte) 254;
    octets[14] = (byte) 169;
    octets[15] = (byte) 254;
    assertThat(Ip.of(Inet6Address.getByAddress(null, octets, -1))).hasToString("169.254.169.254");
  }

  @Test
  void zoneDoesNotCount() throws UnknownHostException {
    byte[] octets = new byte[16];
    octets[0] = (byte) 0xfe;
    octets[1] = (byte) 0x80;
    octets[15] = 1;
    assertThat(Ip.of(Inet6Address.getByAddress(null, octets, 7)))
        .isEqualTo(Ip.parse("fe80::1").orElseThrow());
  }
}
