package dev.pingcheck.link;

import dev.pingcheck.link.Rendezvous.Drawer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which probes there are, in groups of which each check has exactly one pinging it: those beside
 * the operator, the central ones, and those of each node. One whose stream broke keeps its share
 * for a short time, as it may be back at once.
 *
 * <p>Not thread safe.
 */
final class Roster {
  /** So long a probe that broke off keeps its checks, but no longer than one of their periods. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** The group of the probe in the operator's own pod. */
  static final String BESIDE = "beside";

  private static final String CENTRAL = "central";

  /** A probe's place: two streams with the same one are of the same probe, or of its successor. */
  record Seat(String group, String name) {
    static Seat of(Placement placement, String probe) {
      return switch (placement) {
        case Placement.Beside() -> new Seat(BESIDE, probe);
        case Placement.Central(String pod) -> new Seat(CENTRAL, pod);
        case Placement.OnNode(String node, String pod) -> new Seat(node(node), pod);
      };
    }

    boolean isOnNode() {
      return !isCentralGroup(group);
    }

    boolean isCentral() {
      return group.equals(CENTRAL);
    }

    /** Whether a group shares the checks that name no nodes. */
    static boolean isCentralGroup(String group) {
      return group.equals(BESIDE) || group.equals(CENTRAL);
    }
  }

  private record Member(Drawer drawer, Optional<Long> absentSince) {
    boolean isThere(long now, long grace) {
      return absentSince.isEmpty() || now - absentSince.get() < grace;
    }
  }

  private final Map<String, Map<Seat, Member>> groups = new HashMap<>();

  /** The group of the probes of a node. */
  static String node(String node) {
    return "node/" + node;
  }

  /**
   * A probe is there. Where there can only be one it is the successor of those that broke off: of
   * the one beside the operator, and of the one on its node.
   */
  void join(Seat seat) {
    Map<Seat, Member> group = groups.computeIfAbsent(seat.group(), g -> new LinkedHashMap<>());
    if (!seat.group().equals(CENTRAL)) {
      group.values().removeIf(member -> member.absentSince().isPresent());
    }
    group.put(seat, new Member(Drawer.of(seat.name()), Optional.empty()));
  }

  /** A probe has broken off. */
  void breakOff(Seat seat, long now) {
    Map<Seat, Member> group = groups.getOrDefault(seat.group(), Map.of());
    Member member = group.get(seat);
    if (member != null) {
      group.put(seat, new Member(member.drawer(), Optional.of(now)));
    }
  }

  /** A probe has said that it ends: it leaves nothing to wait for. */
  void leave(Seat seat) {
    Map<Seat, Member> group = groups.getOrDefault(seat.group(), Map.of());
    group.remove(seat);
    if (group.isEmpty()) {
      groups.remove(seat.group());
    }
  }

  /** Forgets those that broke off too long ago. */
  void expire(long now) {
    groups
        .values()
        .forEach(group -> group.values().removeIf(member -> !member.isThere(now, GRACE.toNanos())));
    groups.values().removeIf(Map::isEmpty);
  }

  /** Where somebody's share is kept at present. */
  Set<String> incompleteGroups() {
    return groups.entrySet().stream()
        .filter(
            group -> group.getValue().values().stream().anyMatch(m -> m.absentSince().isPresent()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  boolean hasProbeIn(String group) {
    return groups.containsKey(group);
  }

  /**
   * Who pings a check that names no nodes: a central probe, or where there is none, the one beside
   * the operator.
   */
  Optional<Seat> central(String uid, Duration period, long now) {
    return winner(CENTRAL, uid, period, now).or(() -> winner(BESIDE, uid, period, now));
  }

  /** Who of a group pings a check. */
  Optional<Seat> winner(String group, String uid, Duration period, long now) {
    Map<Seat, Member> members = groups.getOrDefault(group, Map.of());
    if (members.isEmpty()) {
      return Optional.empty();
    }
    long grace = grace(period);
    Stream<Drawer> there =
        members.values().stream().filter(member -> member.isThere(now, grace)).map(Member::drawer);
    return Rendezvous.winner(uid, there).map(drawer -> new Seat(group, drawer.name()));
  }

  /** In whole seconds, as the roster is looked through once a second. */
  private static long grace(Duration period) {
    return Math.min(GRACE.toSeconds(), period.toSeconds()) * 1_000_000_000L;
  }
}
