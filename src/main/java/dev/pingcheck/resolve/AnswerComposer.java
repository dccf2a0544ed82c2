package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.AnswerCache.Asked;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.stats.Resolution;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes one answer of what each family came to: addresses that a server gave, the last known ones
 * where servers failed, or a sentence why there are none.
 *
 * <p>Thread safe.
 */
final class AnswerComposer {
  private final AddressPreference preference;
  private final LastKnown lastKnown;
  private final AddressOrder order;

  AnswerComposer(Clock clock, AddressPreference preference, int capacity, Duration idle) {
    this.preference = preference;
    lastKnown = new LastKnown(clock, capacity, idle);
    order = new AddressOrder(clock, preference, capacity, idle);
  }

  /**
   * What the hosts file says.
   *
   * @param fixed at least one address of a family that is asked for
   */
  Answer ofFixed(Asked asked, List<InetAddress> fixed) {
    Map<Family, List<InetAddress>> found = new EnumMap<>(Family.class);
    for (Family family : Family.of(asked.families())) {
      List<InetAddress> own = fixed.stream().filter(a -> Family.of(a) == family).toList();
      if (!own.isEmpty()) {
        found.put(family, preference.sort(own));
      }
    }
    Resolution resolution =
        withMissing(
            Resolution.resolved(),
            asked,
            found.keySet(),
            family -> "the hosts file has no such address of " + asked.hostname());
    return new Answer(resolution, order.of(asked, found));
  }

  /** What servers have answered, each family at least with a failure. */
  Answer of(Asked asked, Map<Family, Lookup> results) {
    String key = asked.hostname().toLowerCase(Locale.ROOT);
    Map<Family, List<InetAddress>> addresses = new EnumMap<>(Family.class);
    Map<Family, Duration> stale = new EnumMap<>(Family.class);
    results.forEach((family, lookup) -> {
      switch (lookup) {
        case Lookup.Found(var found, var ttl, var at) -> {
          lastKnown.found(key, family, found, at);
          addresses.put(family, found);
        }
        case Lookup.Failed failed ->
            lastKnown
                .get(key, family)
                .ifPresent(known -> {
                  stale.put(family, known.age());
                  addresses.put(family, known.addresses());
                });
        case Lookup.NoAddress none -> lastKnown.none(key, family);
        case Lookup.NoSuchName none -> lastKnown.none(key, family);
      }
    });
    if (addresses.isEmpty()) {
      return DnsNameResolver.failed(
          NameSearch.whyNone(asked.hostname(), asked.families(), results));
    }
    List<InetAddress> ordered = order.of(asked, addresses);
    Resolution resolution =
        withMissing(
            resolution(ordered, stale, results),
            asked,
            addresses.keySet(),
            family -> whyNone(asked.hostname(), family, results.get(family)));
    return new Answer(resolution, ordered);
  }

  /** Who asks for both families is told which one has no address. */
  private static Resolution withMissing(
      Resolution resolution, Asked asked, Set<Family> found, Function<Family, String> why) {
    Resolution told = resolution;
    if (asked.families() == IpFamilies.DUAL_STACK) {
      for (Family family : Family.values()) {
        if (!found.contains(family)) {
          told = told.without("%s (%s)".formatted(family.label(), why.apply(family)));
        }
      }
    }
    return told;
  }

  private static String whyNone(String hostname, Family family, Lookup lookup) {
    IpFamilies alone = family == Family.IPV4 ? IpFamilies.IPV4 : IpFamilies.IPV6;
    String sentence = NameSearch.whyNone(hostname, alone, Map.of(family, lookup));
    return sentence.substring(0, sentence.length() - 1);
  }

  private static Resolution resolution(
      List<InetAddress> used, Map<Family, Duration> stale, Map<Family, Lookup> results) {
    Set<Family> families = EnumSet.noneOf(Family.class);
    used.forEach(address -> families.add(Family.of(address)));
    stale.keySet().retainAll(families);
    return stale.values().stream()
        .max(Duration::compareTo)
        .flatMap(
            age -> NameSearch.failure(results).map(why -> Resolution.stale(why.sentence(), age)))
        .orElseGet(Resolution::resolved);
  }

  void forgetIdle() {
    lastKnown.forgetIdle();
    order.forgetIdle();
  }
}
