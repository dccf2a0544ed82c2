package dev.pingcheck.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.AnswerCache.Asked;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressOrderTest {
  private static final InetAddress FOUR = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER_FOUR = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::1");

  private final Set<InetAddress> unreachable = new HashSet<>();
  private final AddressOrder order =
      new AddressOrder(
          new FakeClock(),
          new AddressPreference(to -> unreachable.contains(to) ? Optional.empty() : source(to)),
          10,
          Duration.ofHours(1));

  private static Optional<InetAddress> source(InetAddress to) {
    return Optional.of(
        InetAddress.ofLiteral(Family.of(to) == Family.IPV4 ? "192.0.2.9" : "2001:db8::9"));
  }

  private List<InetAddress> of(IpFamilies families, InetAddress... addresses) {
    Map<Family, List<InetAddress>> found = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      List<InetAddress> own =
          Stream.of(addresses).filter(address -> Family.of(address) == family).toList();
      if (!own.isEmpty()) {
        found.put(family, own);
      }
    }
    return order.of(new Asked("a.test", families), found);
  }

  @Test
  void theFamilyInUseStaysAndAnOtherOneThatComesIsNoReasonToChange() {
    unreachable.add(SIX);
    assertThat(of(IpFamilies.ANY, FOUR, SIX)).containsExactly(FOUR);
    unreachable.clear();
    assertThat(of(IpFamilies.ANY, FOUR, SIX)).containsExactly(FOUR);
    assertThat(of(IpFamilies.DUAL_STACK, FOUR, SIX)).containsExactly(SIX, FOUR);
  }

  @Test
  void aFamilyWithoutRouteIsLeftForOneThatHasOne() {
    assertThat(of(IpFamilies.ANY, FOUR, SIX)).containsExactly(SIX);
    unreachable.add(SIX);
    assertThat(of(IpFamilies.ANY, FOUR, SIX)).containsExactly(FOUR);
  }

  @Test
  void aFamilyThatTheNameHasNoMoreIsLeftForGood() {
    assertThat(of(IpFamilies.ANY, FOUR, SIX)).containsExactly(SIX);
    assertThat(of(IpFamilies.ANY, FOUR)).containsExactly(FOUR);
    assertThat(of(IpFamilies.ANY, FOUR, SIX)).containsExactly(FOUR);
    assertThat(of(IpFamilies.IPV6, SIX)).containsExactly(SIX);
  }

  @Test
  void theOrderWithinAFamilyIsKeptUnlessTheFirstHasNoRoute() {
    assertThat(of(IpFamilies.IPV4, OTHER_FOUR, FOUR)).containsExactly(OTHER_FOUR, FOUR);
    unreachable.add(OTHER_FOUR);
    assertThat(of(IpFamilies.IPV4, OTHER_FOUR, FOUR)).containsExactly(FOUR, OTHER_FOUR);
    unreachable.add(FOUR);
    assertThat(of(IpFamilies.IPV4, OTHER_FOUR, FOUR)).containsExactly(OTHER_FOUR, FOUR);
  }

  @Test
  void anIpv4AddressInAnAaaaRecordIsAnIpv4Address() {
    Asked asked = new Asked("a.test", IpFamilies.ANY);
    assertThat(order.of(asked, Map.of(Family.IPV6, List.of(FOUR)))).containsExactly(FOUR);
  }
}
