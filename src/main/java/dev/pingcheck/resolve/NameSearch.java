package dev.pingcheck.resolve;

import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.xbill.DNS.Name;

/**
 * One walk along the search list: all families of a candidate are asked for at once, and the first
 * candidate that has an address of any ends it, as in the C library.
 */
final class NameSearch {
  private final List<Name> candidates;
  private final List<Family> families;
  private final BiFunction<Name, Family, CompletableFuture<Lookup>> ask;
  private final Map<Family, Lookup> soFar = new EnumMap<>(Family.class);

  NameSearch(
      List<Name> candidates,
      List<Family> families,
      BiFunction<Name, Family, CompletableFuture<Lookup>> ask) {
    this.candidates = candidates;
    this.families = families;
    this.ask = ask;
  }

  /** What each family came to. */
  CompletableFuture<Map<Family, Lookup>> run() {
    return from(0);
  }

  private CompletableFuture<Map<Family, Lookup>> from(int index) {
    Name candidate = candidates.get(index);
    List<CompletableFuture<Lookup>> asked =
        families.stream().map(family -> ask.apply(candidate, family)).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenCompose(all -> {
          Map<Family, Lookup> here = new EnumMap<>(Family.class);
          for (int i = 0; i < asked.size(); i++) {
            here.put(families.get(i), asked.get(i).join());
          }
          return after(index, here);
        });
  }

  private CompletableFuture<Map<Family, Lookup>> after(int index, Map<Family, Lookup> here) {
    if (here.values().stream().anyMatch(Lookup.Found.class::isInstance)) {
      return CompletableFuture.completedFuture(here);
    }
    here.forEach((family, lookup) -> soFar.merge(family, lookup, NameSearch::moreTelling));
    boolean hopeless =
        here.values().stream()
            .anyMatch(lookup -> lookup instanceof Lookup.Failed failed && failed.everywhere());
    return hopeless || index + 1 == candidates.size()
        ? CompletableFuture.completedFuture(soFar)
        : from(index + 1);
  }

  /** A failure hides an answer, and a name without address says more than no name. */
  private static Lookup moreTelling(Lookup before, Lookup now) {
    return weight(now) > weight(before) ? now : before;
  }

  private static int weight(Lookup lookup) {
    return switch (lookup) {
      case Lookup.NoSuchName none -> 0;
      case Lookup.NoAddress none -> 1;
      case Lookup.Failed failed -> 2;
      case Lookup.Found found -> 3;
    };
  }

  /** The first failure among results, if there is one. */
  static Optional<Lookup.Failed> failure(Map<Family, Lookup> results) {
    return results.values().stream()
        .filter(Lookup.Failed.class::isInstance)
        .map(Lookup.Failed.class::cast)
        .findFirst();
  }

  /** Why a name has no address, in one sentence. */
  static String whyNone(String hostname, IpFamilies families, Map<Family, Lookup> results) {
    Optional<Lookup.Failed> failure = failure(results);
    if (failure.isPresent()) {
      return failure.get().sentence();
    }
    if (results.values().stream().allMatch(Lookup.NoSuchName.class::isInstance)) {
      return "There is no DNS name " + hostname + " (NXDOMAIN).";
    }
    List<Family> wanted = Family.of(families);
    return hostname
        + " has no "
        + (wanted.size() == 1 ? wanted.getFirst().label() + " " : "")
        + "address.";
  }
}
