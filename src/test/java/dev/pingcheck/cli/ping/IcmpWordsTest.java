package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.IpFamily;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcmpWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          IPV4 | 3   | 0  | 0    | Destination Net Unreachable
          IPV4 | 3   | 1  | 0    | Destination Host Unreachable
          IPV4 | 3   | 3  | 0    | Destination Port Unreachable
          IPV4 | 3   | 4  | 1400 | Frag needed and DF set (mtu = 1400)
          IPV4 | 3   | 10 | 0    | Destination Host Prohibited
          IPV4 | 3   | 13 | 0    | Packet filtered
          IPV4 | 3   | 77 | 0    | Dest Unreachable, Bad Code: 77
          IPV4 | 5   | 1  | 0    | Redirect Host
          IPV4 | 11  | 0  | 0    | Time to live exceeded
          IPV4 | 11  | 1  | 0    | Frag reassembly time exceeded
          IPV6 | 1   | 0  | 0    | Destination unreachable: No route
          IPV6 | 1   | 3  | 0    | Destination unreachable: Address unreachable
          IPV6 | 1   | 6  | 0    | Destination unreachable: Unknown code 6
          IPV6 | 2   | 0  | 1280 | Packet too big: mtu=1280
          IPV6 | 3   | 0  | 0    | Time exceeded: Hop limit
          IPV6 | 3   | 1  | 0    | Time exceeded: Defragmentation failure
          IPV6 | 137 | 0  | 0    | Redirect Host
          """)
  void errorHasTheWordsThatScriptsLookFor(
      IpFamily family, int type, int code, long mtu, String words) {
    assertThat(IcmpWords.of(family, type, code, mtu)).isEqualTo(words);
  }
}
