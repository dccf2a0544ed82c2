package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.log.SafeText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kubectl pingcheck why NAME}: why a check is as it is. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Says why a check is as it is, what it would take to be healthy, and what to do next: its"
          + " conditions, last rounds, outages, events and policy.",
      "The last rounds are fetched by a port-forward to the operator's pods, if you may."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:said, whether it is healthy or not",
      "2:wrong command line, or the check cannot be read; the line on stderr says why"
    })
final class WhyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions where;
  @Mixin private PageOptions page;

  @Parameters(paramLabel = "NAME", description = "The name of a PingCheck.")
  private String name;

  @Override
  public Integer call() throws InterruptedException {
    try (Cluster cluster = where.open()) {
      PingCheck check = cluster.check(name);
      LastRounds last = LastRounds.of(page.of(cluster), cluster.namespace(), name);
      Instant now = Instant.now();
      Section rounds = RoundWords.of(check, last, now);
      List<String> events = EventWords.of(cluster, check, now);
      PrintWriter out = spec.commandLine().getOut();
      Why.lines(check, rounds, events, PolicyWords.of(cluster, check), now).stream()
          .map(SafeText::of)
          .forEach(out::println);
      out.flush();
    }
    return 0;
  }
}
