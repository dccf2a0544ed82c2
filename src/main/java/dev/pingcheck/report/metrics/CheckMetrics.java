package dev.pingcheck.report.metrics;

import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.RoundReport;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The series of every check: counters in packets, times in seconds, the verdict as 0 and 1. They
 * are labelled with the check's namespace and name alone and go when the check goes. Of more checks
 * than a bound the last have none of their own: all of them together are counted under a name that
 * no check can have, and their number is a series too.
 *
 * <p>They are no meters of Micrometer: forty objects of a kilobyte for each of ten thousand checks
 * would be most of the operator's memory.
 *
 * <p>Thread safe; the calls for one check come one after the other.
 */
public final class CheckMetrics {
  /** So many checks have series if nobody says otherwise. */
  public static final int MOST = 10_000;

  /** So many nodes of all checks together have series if nobody says otherwise, six each. */
  public static final int MOST_SOURCES = 10_000;

  /** No namespace and no object can be named so. */
  private static final String OTHERS = "_others";

  private final int most;
  private final SourcePlaces places;
  private final Map<String, CheckSeries> byUid = new ConcurrentHashMap<>();
  private final Map<String, Standing> beyond = new ConcurrentHashMap<>();
  private final Map<String, CheckSeries> others = new ConcurrentHashMap<>();

  /**
   * @param registry where Prometheus finds them, if it is one of Prometheus or holds one
   * @param most so many checks have series of their own, at least 0
   * @param mostSources so many of their nodes together have, at least 0
   */
  public CheckMetrics(MeterRegistry registry, int most, int mostSources) {
    this.most = most;
    places = new SourcePlaces(mostSources);
    collectors().forEach(collector -> PrometheusPage.show(collector, registry));
  }

  public CheckMetrics(MeterRegistry registry) {
    this(registry, MOST, MOST_SOURCES);
  }

  /** Also shows them there. */
  void showIn(CollectorRegistry registry) {
    collectors().forEach(registry::register);
  }

  private List<Collector> collectors() {
    return List.of(
        new CheckCollector(new Joined<>(byUid.values(), others.values())),
        new SourceCollector(byUid.values()),
        new FleetCollector(this::standings, beyond::size, this::sourcesWithout));
  }

  private int sourcesWithout() {
    return byUid.values().stream().mapToInt(CheckSeries::sourcesWithout).sum();
  }

  private Stream<Standing> standings() {
    return Stream.concat(
        byUid.values().stream().map(CheckSeries::standing), beyond.values().stream());
  }

  /** Counts a round. */
  public void round(String uid, String namespace, String name, RoundReport report) {
    CheckSeries own = own(uid, namespace, name);
    if (own == null) {
      others.computeIfAbsent(OTHERS, o -> new CheckSeries(o, o, places)).count(report);
    } else {
      own.count(report);
    }
  }

  /** Counts a round that was found from a node. */
  public void source(String uid, String namespace, String name, String node, RoundReport report) {
    CheckSeries own = own(uid, namespace, name);
    if (own != null) {
      own.sources().count(node, report);
    }
  }

  /** Shows how these stand, and of others nothing any more. */
  public void sources(String uid, List<SourceStatus> sources) {
    CheckSeries series = byUid.get(uid);
    if (series != null) {
      series.showSources(sources);
    }
  }

  /** Shows the conditions of a check, and whether it is silent or flaps; of a one-off nothing. */
  public void status(ObjectMeta check, PingCheckStatus status) {
    Standing standing = Standing.of(check, status);
    CheckSeries own = own(check.getUid(), check.getNamespace(), check.getName());
    if (own == null) {
      beyond.put(check.getUid(), standing);
    } else {
      own.stand(standing);
    }
  }

  /** Removes every series of a check. */
  public synchronized void forget(String uid) {
    CheckSeries gone = byUid.remove(uid);
    if (gone != null) {
      gone.showSources(List.of());
    }
    isNotBeyond(uid);
  }

  private void isNotBeyond(String uid) {
    beyond.remove(uid);
    if (beyond.isEmpty()) {
      others.clear();
    }
  }

  /** How many checks are counted here, with or without series. */
  public int size() {
    return byUid.size() + beyond.size();
  }

  /** Null if there are too many others; a place that becomes free is taken by the next round. */
  private CheckSeries own(String uid, String namespace, String name) {
    CheckSeries known = byUid.get(uid);
    return known != null ? known : admit(uid, namespace, name);
  }

  private synchronized CheckSeries admit(String uid, String namespace, String name) {
    CheckSeries known = byUid.get(uid);
    if (known == null && byUid.size() < most) {
      known = new CheckSeries(namespace, name, places);
      known.stand(beyond.getOrDefault(uid, Standing.NONE));
      byUid.put(uid, known);
      isNotBeyond(uid);
    } else if (known == null) {
      beyond.putIfAbsent(uid, Standing.NONE);
    }
    return known;
  }
}
