package dev.pingcheck.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressPreferenceTest {
  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static List<InetAddress> sort(Map<String, String> sources, String... addresses) {
    AddressPreference preference =
        new AddressPreference(destination ->
            sources.entrySet().stream()
                .filter(entry -> ip(entry.getKey()).equals(destination))
                .map(entry -> ip(entry.getValue()))
                .findFirst());
    return preference.sort(List.of(addresses).stream().map(AddressPreferenceTest::ip).toList());
  }

  @Test
  void ipv6GoesFirstWhereThereIsARoute() {
    assertThat(
            sort(
                Map.of("192.0.2.1", "192.0.2.9", "2001:db8::1", "2001:db8::9"),
                "192.0.2.1",
                "2001:db8::1"))
        .containsExactly(ip("2001:db8::1"), ip("192.0.2.1"));
  }

  @Test
  void anAddressWithoutRouteGoesLast() {
    assertThat(sort(Map.of("192.0.2.1", "192.0.2.9"), "2001:db8::1", "192.0.2.1"))
        .containsExactly(ip("192.0.2.1"), ip("2001:db8::1"));
  }

  @Test
  void aUniqueLocalSourceDoesNotReachAGlobalAddressFirst() {
    assertThat(
            sort(
                Map.of("192.0.2.1", "192.0.2.9", "2001:db8::1", "fd00::9"),
                "2001:db8::1",
                "192.0.2.1"))
        .containsExactly(ip("192.0.2.1"), ip("2001:db8::1"));
  }

  @Test
  void theOrderOfARotatingAnswerDoesNotMatter() {
    Map<String, String> sources =
        Map.of("192.0.2.1", "192.0.2.9", "192.0.2.2", "192.0.2.9", "192.0.2.200", "192.0.2.9");
    List<InetAddress> expected = List.of(ip("192.0.2.1"), ip("192.0.2.2"), ip("192.0.2.200"));
    assertThat(sort(sources, "192.0.2.200", "192.0.2.1", "192.0.2.2")).isEqualTo(expected);
    assertThat(sort(sources, "192.0.2.2", "192.0.2.200", "192.0.2.1", "192.0.2.1"))
        .isEqualTo(expected);
  }

  @Test
  void theKernelIsAskedForTheSourceOfLoopback() {
    assertThat(new AddressPreference().sort(List.of(ip("127.0.0.2"), ip("127.0.0.1"))))
        .containsExactly(ip("127.0.0.1"), ip("127.0.0.2"));
    assertThat(Optional.of(ip("::ffff:192.0.2.1"))).contains(ip("192.0.2.1"));
  }
}
