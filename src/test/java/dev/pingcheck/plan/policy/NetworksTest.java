package dev.pingcheck.plan.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::, false",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
    "::/0, 10.0.0.1, false",
    "::/0, ::ffff:10.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
    "192.0.2.1/32, 192.0.2.1, true",
    "192.0.2.1/32, 192.0.2.2, false",
    "192.0.2.0/31, 192.0.2.1, true",
    "192.0.2.0/31, 192.0.2.2, false",
    "128.0.0.0/1, 127.255.255.255, false",
    "128.0.0.0/1, 128.0.0.0, true",
    "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/63, 2001:db8:0:1:ffff::, true",
    "2001:db8::/63, 2001:db8:0:2::, false",
    "2001:db8::/64, 2001:db8::ffff:0:0:0, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/65, 2001:db8::7fff:0:0:0, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "2001:db8::1/128, 2001:db8::, false",
    "fe80::/10, febf:ffff::, true",
    "fe80::/10, fec0::, false"
  })
  void networkContainsWhatBeginsWithItsBits(String network, String address, boolean contains) {
    assertThat(Networks.of(network).narrowest(ip(address)).isPresent()).isEqualTo(contains);
    assertThat(Network.of(network).contains(ip(address))).isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.0/ 8",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/4294967304",
        "10.0/8",
        "010.0.0.0/8",
        "0x0a.0.0.0/8",
        "2001:db8::/129",
        "2001:db8::/1000",
        "fe80::%eth0/64",
        "[::]/0",
        "gw.example.com/32"
      })
  void whatIsNoNetworkIsRefusedWithTheForm(String text) {
    assertThat(refusal(text)).startsWith("write each network as an address and the length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/8", "10.0.0.0/0", "2001:db8::1/64", "::1/127", "1.1.1.1/31"})
  void bitsBehindThePrefixAreRefused(String text) {
    assertThat(refusal(text)).startsWith("a network has bits set behind its prefix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:10.0.0.0/104", "::ffff:0:0/96", "0:0:0:0:0:ffff:a00:0/104"})
  void mappedNetworkIsRefusedInFavourOfTheIpv4One(String text) {
    assertThat(refusal(text)).startsWith("an IPv4-mapped IPv6 network is not on any wire");
  }

  @Test
  void theNarrowestNetworkIsTheOneThatIsTold() {
    Networks nested = Networks.of("10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "::/0");
    assertThat(nested.narrowest(ip("10.1.2.3"))).contains(Network.of("10.1.2.0/24"));
    assertThat(nested.narrowest(ip("10.1.3.3"))).contains(Network.of("10.1.0.0/16"));
    assertThat(nested.narrowest(ip("10.2.3.3"))).contains(Network.of("10.0.0.0/8"));
    assertThat(nested.narrowest(ip("11.2.3.3"))).isEmpty();
  }

  @Test
  void setsOfTheSameNetworksAreEqualInAnyOrder() {
    assertThat(Networks.of("::/0", "10.0.0.0/8", "10.0.0.0/8"))
        .isEqualTo(Networks.of("10.0.0.0/8", "::/0"))
        .hasSameHashCodeAs(Networks.of("10.0.0.0/8", "::/0"))
        .isNotEqualTo(Networks.of("10.0.0.0/8"));
  }

  /** Random sets with many nested and neighbouring networks, asked at and around their edges. */
  @Test
  void everyAnswerIsThatOfASlowOracle() {
    long seed = 20_260_729;
    Random random = new Random(seed);
    int found = 0;
    for (int set = 0; set < 400; set++) {
      List<Network> networks = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        networks.add(network(random));
      }
      Networks all = Networks.of(networks);
      for (int i = 0; i < 200; i++) {
        Ip address = near(networks.get(random.nextInt(networks.size())), random);
        Optional<Network> expected = oracle(networks, address);
        found += expected.isPresent() ? 1 : 0;
        assertThat(all.narrowest(address))
            .as("seed %d: %s in %s", seed, address, all)
            .isEqualTo(expected);
      }
    }
    assertThat(found).isBetween(30_000, 75_000);
  }

  private static Network network(Random random) {
    boolean v6 = random.nextBoolean();
    int length = random.nextInt((v6 ? 128 : 32) + 1);
    // Few different bits, so that networks lie within each other.
    Ip ip =
        v6 ? new Ip(true, sparse(random), sparse(random)) : new Ip(false, sparse(random) << 32, 0);
    return new Network(ip.masked(length), length);
  }

  private static long sparse(Random random) {
    long bits = random.nextLong();
    for (int i = 0; i < 3; i++) {
      bits &= random.nextLong();
    }
    return bits;
  }

  private static Ip near(Network network, Random random) {
    boolean v6 = network.first().v6();
    int bits = v6 ? 128 : 32;
    BigInteger size = BigInteger.ONE.shiftLeft(bits - network.length());
    BigInteger offset =
        switch (random.nextInt(4)) {
          case 0 -> BigInteger.ZERO;
          case 1 -> size.subtract(BigInteger.ONE);
          case 2 -> size;
          default -> new BigInteger(bits, random).mod(size);
        };
    return ip(number(network.first()).add(offset).mod(BigInteger.ONE.shiftLeft(bits)), v6);
  }

  private static Optional<Network> oracle(List<Network> networks, Ip address) {
    return networks.stream()
        .filter(n -> n.first().v6() == address.v6())
        .filter(n -> {
          BigInteger size = BigInteger.ONE.shiftLeft((address.v6() ? 128 : 32) - n.length());
          BigInteger offset = number(address).subtract(number(n.first()));
          return offset.signum() >= 0 && offset.compareTo(size) < 0;
        })
        .max(Comparator.comparingInt(Network::length));
  }

  private static BigInteger number(Ip ip) {
    BigInteger high = new BigInteger(Long.toUnsignedString(ip.high()));
    BigInteger low = new BigInteger(Long.toUnsignedString(ip.low()));
    return ip.v6() ? high.shiftLeft(64).add(low) : high.shiftRight(32);
  }

  private static Ip ip(BigInteger number, boolean v6) {
    return v6
        ? new Ip(true, number.shiftRight(64).longValue(), number.longValue())
        : Ip.v4(number.longValue());
  }

  private static Ip ip(String text) {
    return Ip.parse(text).orElseThrow();
  }

  private static String refusal(String text) {
    return ((Network.Reading.Refused) Network.read(text)).sentence();
  }
}
