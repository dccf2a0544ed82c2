package dev.pingcheck.verdict;

import dev.pingcheck.crd.SourceStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Sentences on what was found from several nodes. */
final class SourceWords {

  /** So many nodes are named in a sentence; the rest are counted. */
  private static final int NAMED = 3;

  private SourceWords() {}

  /** {@code 1 of 5 nodes}. */
  static String share(int those, int all) {
    return those + " of " + all + (all == 1 ? " node" : " nodes");
  }

  /** Which nodes: {@code node-1, node-2, node-3 and 2 more}. */
  static String names(List<SourceStatus> sources) {
    String first =
        sources.stream().limit(NAMED).map(SourceStatus::getNode).collect(Collectors.joining(", "));
    return sources.size() <= NAMED ? first : first + " and " + (sources.size() - NAMED) + " more";
  }

  /** What is bad from where, the worst first. */
  static String bad(List<SourceStatus> bad, int all) {
    String first =
        bad.stream()
            .limit(NAMED)
            .map(source -> "from " + source.getNode() + " " + figures(source))
            .collect(Collectors.joining(", "));
    String more = bad.size() <= NAMED ? "" : " and " + (bad.size() - NAMED) + " more";
    return "Bad from %s: %s%s.".formatted(share(bad.size(), all), first, more);
  }

  /** What came back. */
  static String figures(SourceStatus source) {
    if (source.getAddress() == null) {
      return "the hostname has no address";
    }
    String replies =
        "%d of %d echo requests to %s were answered"
            .formatted(source.getReceived(), source.getSent(), source.getAddress());
    return source.getRtt() == null ? replies : replies + ", in " + source.getRtt();
  }

  /** Who is silent since when; empty if nobody is. */
  static String silent(List<SourceStatus> silent, int all) {
    if (silent.isEmpty()) {
      return "";
    }
    String since =
        silent.stream()
            .limit(NAMED)
            .map(source ->
                source.getLastRoundTime() == null
                    ? source.getNode() + " never"
                    : source.getNode() + " since " + source.getLastRoundTime())
            .collect(Collectors.joining(", "));
    String more = silent.size() <= NAMED ? "" : " and " + (silent.size() - NAMED) + " more";
    return "The probes of %s do not report: %s%s."
        .formatted(share(silent.size(), all), since, more);
  }
}
