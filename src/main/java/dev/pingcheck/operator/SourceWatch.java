package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.link.NodeBook;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Sees which nodes of a check that names nodes are silent, which have left, and that there is none.
 *
 * <p>Thread safe; the calls for one check come one after the other.
 */
final class SourceWatch {
  /** A probe that has lost its operator may take this long to come back. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String NOBODY = "";
  private static final String UNKNOWN_NODES =
      "The labels of the nodes are not known: see that this operator may list nodes (k8s/rbac).";

  private static final int NAMED = 3;

  private final NodeBook nodes;
  private final Reporter reporter;
  private final Clock clock;
  private final LongSupplier listensSince;
  private final Map<String, SignsOfLife> signsByUid = new ConcurrentHashMap<>();

  SourceWatch(NodeBook nodes, Reporter reporter, Clock clock, LongSupplier listensSince) {
    this.nodes = nodes;
    this.reporter = reporter;
    this.clock = clock;
    this.listensSince = listensSince;
  }

  /**
   * A round was told of.
   *
   * @param delay how late its requests left
   */
  void heard(String uid, String node, Duration delay) {
    signs(uid).heard(node, delay);
  }

  void forget(String uid) {
    signsByUid.remove(uid);
  }

  /** Of how many checks something is known here. */
  int size() {
    return signsByUid.size();
  }

  private SignsOfLife signs(String uid) {
    return signsByUid.computeIfAbsent(uid, u -> new SignsOfLife(clock, listensSince));
  }

  /**
   * Judges who is there.
   *
   * @return when to look again even if nothing happens
   */
  Duration judge(PingCheck check, ProbePlan plan) {
    SignsOfLife signs = signs(plan.check().uid());
    if (!nodes.isKnown()) {
      return judgeNobody(check, signs, UNKNOWN_NODES, PATIENCE);
    }
    Set<String> matching = nodes.matching(plan.nodes());
    Set<String> listed = listed(check);
    Set<String> gone = new TreeSet<>(listed);
    gone.removeAll(matching);
    gone.forEach(signs::forget);
    Set<String> expected = new HashSet<>(nodes.reporting(plan.nodes()));
    listed.stream().filter(matching::contains).forEach(expected::add);
    expected.forEach(signs::listen);
    Set<String> silent = new TreeSet<>();
    Duration next = judgeSilence(signs, plan, expected, silent);
    Verdict verdict =
        Judge.sourcesChanged(reporter.status(check), generation(check), silent, gone, clock.now());
    if (verdict.news()) {
      reporter.take(check, verdict);
    }
    if (!expected.isEmpty()) {
      signs.forget(NOBODY);
      return next;
    }
    return matching.isEmpty()
        ? judgeNobody(check, signs, "No node bears the labels " + plan.nodes() + ".", Duration.ZERO)
        : judgeNobody(check, signs, noProbe(plan, matching), PATIENCE);
  }

  /** Who of those is silent, and how long until the next one is. */
  private static Duration judgeSilence(
      SignsOfLife signs, ProbePlan plan, Set<String> expected, Set<String> silent) {
    Duration next = signs.patience(NOBODY, plan.timing());
    for (String node : expected) {
      Duration left = signs.patience(node, plan.timing()).minus(signs.silence(node));
      if (!left.isPositive()) {
        silent.add(node);
      } else if (left.compareTo(next) < 0) {
        next = left;
      }
    }
    return next;
  }

  private static String noProbe(ProbePlan plan, Set<String> matching) {
    String names = matching.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
    String more = matching.size() <= NAMED ? "" : " and " + (matching.size() - NAMED) + " more";
    return "No probe runs on a node with labels %s (%s%s): see the pods of the DaemonSet of probes."
        .formatted(plan.nodes(), names, more);
  }

  private Duration judgeNobody(
      PingCheck check, SignsOfLife signs, String sentence, Duration patience) {
    signs.listen(NOBODY);
    Duration left = patience.minus(signs.silence(NOBODY));
    if (left.isPositive()) {
      return left;
    }
    if (reporter.status(check).getSources().isEmpty()) {
      reporter.take(
          check, Judge.noProbe(reporter.status(check), generation(check), sentence, clock.now()));
    }
    return PATIENCE;
  }

  private Set<String> listed(PingCheck check) {
    PingCheckStatus status = reporter.status(check);
    return status.getSources().stream().map(SourceStatus::getNode).collect(Collectors.toSet());
  }

  private static long generation(PingCheck check) {
    return check.getMetadata().getGeneration();
  }
}
