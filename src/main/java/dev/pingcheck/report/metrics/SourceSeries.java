package dev.pingcheck.report.metrics;

import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The numbers of one check from each node that pings it, fewer than of the check itself. They go
 * with the node; a node for which no place is free has none until one is.
 *
 * <p>Thread safe.
 */
final class SourceSeries {
  /**
   * The numbers of one node.
   *
   * @param nanos all round-trip times together
   * @param timed how many replies had one
   * @param healthy absent: null
   */
  record Of(
      String node, long rounds, long sent, long received, long nanos, long timed, Boolean healthy) {

    private Of plus(RoundReport report) {
      long sentNow = 0;
      long receivedNow = 0;
      long nanosNow = 0;
      long timedNow = 0;
      for (AddressRound round : report.addresses()) {
        sentNow += round.sent();
        receivedNow += round.received();
        timedNow += round.replies().rtts().size();
        nanosNow += round.replies().rtts().stream().mapToLong(Long::longValue).sum();
      }
      return new Of(
          node,
          rounds + 1,
          sent + sentNow,
          received + receivedNow,
          nanos + nanosNow,
          timed + timedNow,
          healthy);
    }

    private Of standing(Boolean now) {
      return new Of(node, rounds, sent, received, nanos, timed, now);
    }
  }

  private final SourcePlaces places;
  private final Map<String, Of> byNode = new TreeMap<>();
  private final Set<String> beyond = new HashSet<>();

  SourceSeries(SourcePlaces places) {
    this.places = places;
  }

  synchronized void count(String node, RoundReport report) {
    Of known = byNode.get(node);
    if (known == null && !places.take()) {
      beyond.add(node);
      return;
    }
    beyond.remove(node);
    Of before = known == null ? new Of(node, 0, 0, 0, 0, 0, null) : known;
    byNode.put(node, before.plus(report));
  }

  /** These are all that there are. */
  synchronized void show(List<SourceStatus> sources) {
    Set<String> nodes = sources.stream().map(SourceStatus::getNode).collect(Collectors.toSet());
    int before = byNode.size();
    byNode.keySet().retainAll(nodes);
    places.free(before - byNode.size());
    beyond.retainAll(nodes);
    sources.forEach(source ->
        byNode.computeIfPresent(source.getNode(), (node, of) -> of.standing(source.getHealthy())));
  }

  synchronized List<Of> all() {
    return List.copyOf(byNode.values());
  }

  /** How many of its nodes have found no place. */
  synchronized int without() {
    return beyond.size();
  }
}
