package dev.pingcheck.page;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which node reaches what: the checks that name nodes, by the nodes that ping for them. Of many
 * checks and nodes those with most failures, so that none is out of sight behind others.
 *
 * @param lines worst first
 * @param moreChecks how many checks are left out
 * @param nodes the columns, worst first
 * @param moreNodes how many nodes are left out
 */
record Matrix(List<Line> lines, int moreChecks, List<String> nodes, int moreNodes) {
  /** More than can be looked at. */
  static final int MOST_CHECKS = 100;

  static final int MOST_NODES = 100;

  private static final Comparator<Line> WORST_FIRST =
      Comparator.comparingLong(Line::failing).reversed().thenComparing(Line::name);

  /** A check and what is known of it. */
  record Line(PingCheck check, PingCheckStatus status) {
    List<SourceStatus> cells() {
      return status.getSources();
    }

    /**
     * How many nodes ping besides those that are listed, and are no worse: what is stored of a
     * check lists the worst alone.
     */
    int unlisted() {
      Integer all = status.getSourceCount();
      return all == null ? 0 : Math.max(0, all - cells().size());
    }

    private long failing() {
      return cells().stream().filter(Matrix::isFailing).count();
    }

    private String name() {
      return check.getMetadata().getNamespace() + "/" + check.getMetadata().getName();
    }
  }

  static Matrix of(Stream<Line> checks) {
    List<Line> all = checks.sorted(WORST_FIRST).toList();
    List<Line> lines = firstOf(MOST_CHECKS, all);
    Map<String, Integer> failures = new HashMap<>();
    for (Line line : lines) {
      for (SourceStatus cell : line.cells()) {
        failures.merge(cell.getNode(), isFailing(cell) ? 1 : 0, Integer::sum);
      }
    }
    List<String> nodes =
        failures.keySet().stream()
            .sorted(
                Comparator.<String>comparingInt(failures::get)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    List<String> columns = firstOf(MOST_NODES, nodes);
    return new Matrix(lines, all.size() - lines.size(), columns, nodes.size() - columns.size());
  }

  static boolean isFailing(SourceStatus cell) {
    return Boolean.FALSE.equals(cell.getHealthy());
  }

  private static <T> List<T> firstOf(int most, List<T> all) {
    return all.subList(0, Math.min(most, all.size()));
  }
}
