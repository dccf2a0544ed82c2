package dev.pingcheck.cli.kubectl;

import dev.pingcheck.cli.terminal.JobControl;
import dev.pingcheck.cli.terminal.Signals;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kubectl pingcheck top}: the worst checks, as they change. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the checks, worst first, until Ctrl-C. A watch keeps it current; the screen is drawn"
          + " once a second.",
      "SINCE: for how long it has been so. AGE: how old the figures are, see docs/api-load.md."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:shown",
      "2:wrong command line, or the checks cannot be read; the line on stderr says why"
    })
final class TopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions where;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "All namespaces, not that of the context alone.")
  private boolean isForAll;

  @Option(
      names = "--sort-by",
      paramLabel = "KEY",
      defaultValue = "worst",
      description = "One of: ${COMPLETION-CANDIDATES}, in any case. Default: ${DEFAULT-VALUE}.")
  private RowOrder order;

  @Option(
      names = "--once",
      description = "Print all of them once and end, as where standard output is no terminal.")
  private boolean isOnce;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "With --once; json: an array. Default: ${DEFAULT-VALUE}.")
  private OutputForm form;

  private final CountDownLatch stop = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    boolean isLive = !isOnce && TerminalSize.isTerminal();
    if (isLive && form == OutputForm.JSON) {
      throw new ParameterException(spec.commandLine(), "-o json goes with --once");
    }
    try (Cluster cluster = where.open();
        CheckFeed feed = new CheckFeed(cluster, isForAll)) {
      feed.list();
      if (isLive) {
        follow(feed);
      } else {
        print(feed);
      }
    }
    return 0;
  }

  private void print(CheckFeed feed) {
    PrintWriter out = spec.commandLine().getOut();
    List<CheckRow> rows = sorted(feed);
    Instant now = Instant.now();
    if (form == OutputForm.JSON) {
      out.println(Json.page(rows.stream().map(TopCommand::json).toList()));
    } else {
      new CheckTable(isForAll, now).lines(rows, Integer.MAX_VALUE).forEach(out::println);
      CheckTable.leftOver(rows, now).forEach(out::println);
    }
    out.flush();
  }

  private void follow(CheckFeed feed) throws InterruptedException {
    feed.follow();
    try (LiveScreen terminal = new LiveScreen(spec.commandLine().getOut())) {
      Signals.watch(
          () -> {
            terminal.close();
            stop.countDown();
          },
          () -> {});
      JobControl.watch(terminal::pause, terminal::resume);
      String trouble = "";
      do {
        try {
          feed.mend();
          trouble = "";
        } catch (KubernetesClientException e) {
          trouble = "Not current: " + ApiFault.sentence(e);
        }
        terminal.draw(screen(feed, trouble));
      } while (!stop.await(1, TimeUnit.SECONDS));
    }
  }

  private Screen screen(CheckFeed feed, String trouble) {
    TerminalSize size = TerminalSize.now();
    Screen screen = new Screen(size);
    List<CheckRow> rows = sorted(feed);
    Instant now = Instant.now();
    screen.add(trouble.isEmpty() ? CheckTable.summary(rows) : trouble);
    CheckTable.leftOver(rows, now).forEach(screen::add);
    List<CheckRow> fitting = rows.subList(0, Math.min(rows.size(), size.rows()));
    new CheckTable(isForAll, now).lines(fitting, size.columns()).forEach(screen::add);
    return screen;
  }

  private List<CheckRow> sorted(CheckFeed feed) {
    return feed.rows().stream().sorted(order.comparator()).toList();
  }

  private static Object json(CheckRow row) {
    return new Json()
        .put("namespace", row.namespace())
        .put("name", row.name())
        .put("hostname", row.hostname())
        .put("healthy", row.healthy())
        .put("reason", row.reason())
        .put("lossPercent", row.loss().orElse(null))
        .put("rttNanos", row.rtt().orElse(null))
        .put("since", row.since().map(Instant::toString).orElse(null))
        .put("roundStart", row.roundStart().map(Instant::toString).orElse(null))
        .fields();
  }
}
