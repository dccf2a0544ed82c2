package dev.pingcheck.plan.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A set of networks that is asked for the narrowest one around an address. Two sets of the same
 * networks are equal. A question costs a binary search for each prefix length in the set.
 */
public final class Networks {
  public static final Networks NONE = new Networks(List.of());

  /** Every address of both families. */
  public static final Networks ALL = Networks.of("0.0.0.0/0", "::/0");

  private final List<Network> sorted;
  private final int hash;
  private final List<Tier> tiers = new ArrayList<>();

  /**
   * The networks of one family and length: from one index to the next tier's.
   *
   * @param from of its first network among all
   * @param to behind its last one
   */
  private record Tier(boolean v6, int length, int from, int to) {}

  private Networks(Collection<Network> networks) {
    sorted = networks.stream().distinct().sorted().toList();
    hash = sorted.hashCode();
    for (int from = 0, to = 0; from < sorted.size(); from = to) {
      Network first = sorted.get(from);
      while (to < sorted.size() && isInTierOf(first, sorted.get(to))) {
        to++;
      }
      tiers.add(new Tier(first.first().v6(), first.length(), from, to));
    }
  }

  private static boolean isInTierOf(Network first, Network other) {
    return other.first().v6() == first.first().v6() && other.length() == first.length();
  }

  public static Networks of(Collection<Network> networks) {
    return networks.isEmpty() ? NONE : new Networks(networks);
  }

  /**
   * @throws IllegalArgumentException if one of them is no network
   */
  public static Networks of(String... networks) {
    return new Networks(List.of(networks).stream().map(Network::of).toList());
  }

  /** The narrowest network of the set that contains an address, if one does. */
  public Optional<Network> narrowest(Ip address) {
    for (Tier tier : tiers) {
      if (tier.v6 == address.v6()) {
        Network wanted = new Network(address.masked(tier.length), tier.length);
        if (contains(tier, wanted)) {
          return Optional.of(wanted);
        }
      }
    }
    return Optional.empty();
  }

  private boolean contains(Tier tier, Network wanted) {
    int low = tier.from;
    int high = tier.to - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = sorted.get(middle).compareTo(wanted);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /** Each network once, IPv4 first, in each family the narrow ones first. */
  public List<Network> list() {
    return sorted;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Networks that && that.hash == hash && that.sorted.equals(sorted));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return sorted.toString();
  }
}
