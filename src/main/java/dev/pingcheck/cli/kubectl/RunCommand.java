package dev.pingcheck.cli.kubectl;

import dev.pingcheck.cli.terminal.Signals;
import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/** {@code kubectl pingcheck run HOST}: a ping from the cluster, as a check that ends with it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Pings a host from the cluster and prints what comes of it, as ping does.",
      "It makes a PingCheck, which policies bind like any other, watches it and deletes it at the"
          + " end, also after Ctrl-C. The figures are those that the status tells."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:something replied",
      "1:nothing replied",
      "2:wrong command line, or nothing could be sent; the line on stderr says why"
    })
final class RunCommand implements Callable<Integer> {
  private static final Duration FIRST_WORD = Duration.ofSeconds(30);
  private static final Duration RENEWAL = OneOff.LIFE.dividedBy(3);

  /** What the run waits for. */
  private sealed interface News {
    record Changed(PingCheck check) implements News {}

    record Ended(String sentence) implements News {}

    record Stopped() implements News {}
  }

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions where;
  @Mixin private TargetOptions options;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: one object a line. Default: ${DEFAULT-VALUE}.")
  private OutputForm form;

  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final RunStatistics told = new RunStatistics();
  private RunPrinter printer;
  private boolean isKnown;

  @Override
  public Integer call() throws InterruptedException {
    options
        .fault()
        .ifPresent(sentence -> {
          throw new ParameterException(spec.commandLine(), sentence);
        });
    printer = new RunPrinter(spec.commandLine().getOut(), options, form);
    Signals.watch(() -> news.add(new News.Stopped()), () -> {});
    // The terminal is closed: nobody reads on, but the check must go.
    Signal.handle(new Signal("HUP"), signal -> news.add(new News.Stopped()));
    try (Cluster cluster = where.open()) {
      OneOff check = new OneOff(cluster, options.host);
      long began = System.nanoTime();
      try {
        check.create(options.spec());
        printer.started(cluster.namespace(), check.name());
        check
            .clearUp()
            .forEach(name -> printer.say("Removed " + name + ", which a killed run had left."));
        follow(cluster, check);
      } finally {
        check.delete();
      }
      printer.finished(told, Duration.ofNanos(System.nanoTime() - began));
    }
    return told.received() > 0 ? 0 : 1;
  }

  private void follow(Cluster cluster, OneOff check) throws InterruptedException {
    long began = System.nanoTime();
    long renewed = began;
    try (Watch watch =
        cluster
            .checks()
            .inNamespace(cluster.namespace())
            .withName(check.name())
            .watch(new Listener())) {
      while (true) {
        switch (Optional.ofNullable(news.poll(1, TimeUnit.SECONDS)).orElse(null)) {
          case News.Stopped stopped -> {
            return;
          }
          case News.Ended(String sentence) -> throw new Refusal(sentence);
          case News.Changed(PingCheck now) -> {
            if (isOver(now)) {
              return;
            }
          }
          case null -> {}
        }
        if (!isKnown && System.nanoTime() - began > FIRST_WORD.toNanos()) {
          throw new Refusal(
              "no operator has looked at the check for %d s: does PingCheck's operator run?"
                  .formatted(FIRST_WORD.toSeconds()));
        }
        if (System.nanoTime() - renewed > RENEWAL.toNanos()) {
          check.renew();
          renewed = System.nanoTime();
        }
      }
    }
  }

  private boolean isOver(PingCheck check) {
    if (check.getStatus() == null) {
      return false;
    }
    isKnown |= !check.getStatus().getConditions().isEmpty();
    for (ToldRound round : ToldRound.of(check.getStatus())) {
      if (round.sent() > 0) {
        told.take(round).ifPresent(sequence -> printer.round(round, sequence));
      }
    }
    RunEnd.sentence(check)
        .ifPresent(sentence -> {
          throw new Refusal(options.host + " is not pinged. " + sentence);
        });
    if (spec.commandLine().getOut().checkError()) {
      return true; // nobody reads on
    }
    int sources = Optional.ofNullable(check.getStatus().getSourceCount()).orElse(1);
    return options.rounds().filter(told::hasReached).isPresent()
        && told.nodes() >= Math.min(sources, check.getStatus().getSources().size());
  }

  /** Hands on what the API server says of the check. */
  private final class Listener implements Watcher<PingCheck> {
    @Override
    public void eventReceived(Action action, PingCheck check) {
      switch (action) {
        case ADDED, MODIFIED -> news.add(new News.Changed(check));
        case DELETED -> news.add(new News.Ended("somebody has deleted the check"));
        default -> {}
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      String sentence =
          cause.asClientException() == null
              ? cause.getMessage()
              : ApiFault.sentence(cause.asClientException());
      news.add(new News.Ended(sentence));
    }
  }
}
