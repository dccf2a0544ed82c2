package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.AnswerCache.Asked;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the addresses of a name's families into one order that does not change without need: the
 * family in use goes first as long as it has an address with a route; at the start, and when it has
 * none, RFC 6724 says which. Within a family an address without a route goes first only when none
 * has one.
 *
 * <p>Thread safe.
 */
final class AddressOrder {
  private final AddressPreference preference;
  private final RecentlyUsed<Asked, Family> inUse;

  AddressOrder(Clock clock, AddressPreference preference, int capacity, Duration idle) {
    this.preference = preference;
    this.inUse = new RecentlyUsed<>(clock, capacity, idle);
  }

  /**
   * @param answers by the family that was asked for; no list empty, at least one
   * @return all of them, or for {@code ANY} those of the family in use
   */
  List<InetAddress> of(Asked asked, Map<Family, List<InetAddress>> answers) {
    Map<Family, List<InetAddress>> found = byKind(answers);
    List<InetAddress> firsts = new ArrayList<>();
    found.values().forEach(addresses -> firsts.add(firstUsable(addresses)));
    Family family =
        Family.of(asked.families()).size() == 1
            ? Family.of(firsts.getFirst())
            : inUse(asked, firsts);
    List<InetAddress> ordered = new ArrayList<>();
    firsts.sort((a, b) -> Boolean.compare(Family.of(b) == family, Family.of(a) == family));
    for (InetAddress first : firsts) {
      if (asked.families() != IpFamilies.ANY || Family.of(first) == family) {
        ordered.add(first);
        found.get(Family.of(first)).stream().filter(a -> !a.equals(first)).forEach(ordered::add);
      }
    }
    return List.copyOf(ordered);
  }

  /** An AAAA record may hold an IPv4-mapped address, which is an IPv4 address all the same. */
  private static Map<Family, List<InetAddress>> byKind(Map<Family, List<InetAddress>> answers) {
    Map<Family, List<InetAddress>> found = new LinkedHashMap<>();
    answers.values().stream()
        .flatMap(List::stream)
        .forEach(a -> found.computeIfAbsent(Family.of(a), f -> new ArrayList<>()).add(a));
    return found;
  }

  private InetAddress firstUsable(List<InetAddress> addresses) {
    InetAddress first = addresses.getFirst();
    return addresses.size() == 1 || preference.isUsable(first)
        ? first
        : addresses.stream().filter(preference::isUsable).findFirst().orElse(first);
  }

  private synchronized Family inUse(Asked asked, List<InetAddress> firsts) {
    Optional<Family> before = inUse.get(asked);
    if (firsts.size() > 1) {
      for (InetAddress first : firsts) {
        if (before.filter(Family.of(first)::equals).isPresent() && preference.isUsable(first)) {
          return Family.of(first);
        }
      }
    }
    Family now = Family.of(preference.sort(firsts).getFirst());
    if (before.filter(now::equals).isEmpty()) {
      inUse.put(asked, now);
    }
    return now;
  }

  synchronized void forgetIdle() {
    inUse.forgetIdle();
  }
}
