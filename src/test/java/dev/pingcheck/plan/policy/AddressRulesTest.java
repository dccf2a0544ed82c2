package dev.pingcheck.plan.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0/8, unspecified",
    "0.1.2.3, 0.0.0.0/8, unspecified",
    "127.0.0.1, 127.0.0.0/8, loopback",
    "127.255.255.254, 127.0.0.0/8, loopback",
    "169.254.169.254, 169.254.0.0/16, link-local",
    "224.0.0.1, 224.0.0.0/4, multicast",
    "239.255.255.255, 224.0.0.0/4, multicast",
    "240.0.0.1, 240.0.0.0/4, reserved",
    "255.255.255.255, 255.255.255.255/32, broadcast",
    "::, ::/128, unspecified",
    "::1, ::1/128, loopback",
    "fe80::1, fe80::/10, link-local",
    "febf::1, fe80::/10, link-local",
    "ff02::1, ff00::/8, multicast"
  })
  void specialNetworkIsForbiddenByTheBuiltInRules(String address, String network, String kind) {
    assertThat(denial(AddressRules.BUILT_IN, address))
        .isEqualTo(
            address
                + " is in "
                + network
                + " ("
                + kind
                + "), which is denied unless a PingPolicy allows it by name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "192.168.1.1",
        "198.51.100.10",
        "223.255.255.255",
        "2001:db8::1",
        "2606:4700::1111",
        "fd00::1",
        "fec0::1",
        "64:ff9b::c633:640a",
        "2002:c633:640a::1"
      })
  void everyOtherAddressIsAllowedByTheBuiltInRules(String address) {
    assertThat(AddressRules.BUILT_IN.judge(ip(address))).isEmpty();
  }

  /** Each of these leads to 169.254.169.254. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "64:ff9b:1::1:a9fe:a9fe",
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:a9fe:a9:fe00:dead:beef",
        "64:ff9b:1:1a9:fe:a9fe::",
        "64:ff9b:1:1:a9:fea9:fe00:0",
        "2002:a9fe:a9fe::1",
        "2002:a9fe:a9fe:ffff:ffff:ffff:ffff:ffff",
        "2001:0:a9fe:a9fe::1",
        "2001:0:102:304::5601:5601",
        "2001:db8::5efe:169.254.169.254",
        "2001:db8::200:5efe:169.254.169.254"
      })
  void addressThatEmbedsAForbiddenOneIsForbidden(String address) {
    assertThat(denial(AddressRules.BUILT_IN, address))
        .isEqualTo(
            ip(address)
                + " leads to 169.254.169.254, which is in 169.254.0.0/16 (link-local), which is"
                + " denied unless a PingPolicy allows it by name");
  }

  @Test
  void mappedAddressIsJudgedAsTheIpv4OneThatItIs() {
    assertThat(denial(AddressRules.BUILT_IN, "::ffff:169.254.169.254"))
        .startsWith("169.254.169.254 is in 169.254.0.0/16 (link-local)");
  }

  @Test
  void translatorOfASiteIsJudgedByEachReadingThatIsAHost() {
    AddressRules only = rules("198.51.100.0/24, 64:ff9b:1::/48", "");
    assertThat(only.judge(ip("64:ff9b:1::198.51.100.10"))).isEmpty();
    assertThat(denial(only, "64:ff9b:1::203.0.113.1"))
        .isEqualTo(
            "64:ff9b:1::cb00:7101 leads to 203.0.113.1, which is in no network that X allows");
  }

  @Test
  void embeddedAddressMustBeAllowedAsWell() {
    AddressRules sixAndOneFour = rules("::/0, 198.51.100.0/24", "");
    assertThat(sixAndOneFour.judge(ip("64:ff9b::198.51.100.1"))).isEmpty();
    assertThat(sixAndOneFour.judge(ip("64:ff9b::10.0.0.1"))).isPresent();
    assertThat(rules("198.51.100.0/24", "").judge(ip("64:ff9b::198.51.100.1"))).isPresent();
  }

  @Test
  void denialWinsOverANarrowerAllowance() {
    AddressRules rules = rules("10.1.2.3/32, 0.0.0.0/0", "10.0.0.0/8, 10.1.0.0/16");
    assertThat(denial(rules, "10.1.2.3")).isEqualTo("10.1.2.3 is in 10.1.0.0/16, which X denies");
    assertThat(denial(rules, "10.2.2.3")).isEqualTo("10.2.2.3 is in 10.0.0.0/8, which X denies");
    assertThat(rules.judge(ip("11.2.2.3"))).isEmpty();
  }

  @Test
  void whatNoAllowedNetworkContainsIsForbidden() {
    assertThat(denial(rules("10.0.0.0/8", ""), "192.0.2.1"))
        .isEqualTo("192.0.2.1 is in no network that X allows");
    assertThat(rules("", "").judge(ip("192.0.2.1"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "169.254.0.0/16, true",
    "169.254.169.254/32, true",
    "169.254.128.0/17, true",
    "169.254.0.0/17, false",
    "169.0.0.0/8, false",
    "0.0.0.0/0, false"
  })
  void specialNetworkIsAllowedOnlyByNameOrInPart(String allow, boolean allowed) {
    assertThat(rules(allow, "").judge(ip("169.254.169.254")).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void loopbackThatIsAllowedByNameIsNotTakenForAnEmbeddedAddress() {
    assertThat(rules("::1/128", "").judge(ip("::1"))).isEmpty();
    assertThat(rules("::/128", "").judge(ip("::"))).isEmpty();
  }

  private static AddressRules rules(String allow, String deny) {
    return new AddressRules(networks(allow), networks(deny));
  }

  private static Networks networks(String list) {
    return list.isEmpty() ? Networks.NONE : Networks.of(list.split(", "));
  }

  private static String denial(AddressRules rules, String address) {
    return rules.judge(ip(address)).map(denial -> denial.clause("X")).orElse("allowed");
  }

  private static Ip ip(String text) {
    return Ip.parse(text).orElseThrow();
  }
}
