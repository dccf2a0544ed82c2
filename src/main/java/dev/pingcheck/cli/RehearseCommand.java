package dev.pingcheck.cli;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.log.LogFormat;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code pingcheck rehearse}: an operator for one probe that is run to see which classes it needs,
 * for the archive of classes that later probes start from. The plans are of this machine alone.
 */
@Command(
    name = "rehearse",
    hidden = true,
    mixinStandardHelpOptions = true,
    description =
        "Serves plans of the loopback interface until a probe has reported on each twice: for the"
            + " build of the probe's archive of classes.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:reported", "1:no probe has reported within 30 s", "2:wrong command line"})
final class RehearseCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int REPORTS = 2;
  private static final long PATIENCE_SECONDS = 30;
  private static final AddressRules LOOPBACK =
      new AddressRules(Networks.of("127.0.0.0/8", "::1/128"), Networks.NONE);
  private static final List<String> HOSTS = List.of("127.0.0.1", "::1", "localhost");

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      required = true,
      description = "The Unix domain socket to serve.")
  private Path socket;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProbeLog.configure(LogFormat.AUTO);
    PlanBook book = new PlanBook();
    HOSTS.forEach(host -> book.put(plan(host)));
    book.complete();
    CountDownLatch twice = new CountDownLatch(HOSTS.size() * REPORTS);
    try (LinkServer server =
        new LinkServer(
            socket,
            book,
            (from, report, safe) -> {
              if (report.id().number() <= REPORTS) {
                twice.countDown();
              }
              safe.run();
            },
            Clock.system())) {
      server.start();
      return twice.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? 0 : FAILED;
    }
  }

  private static ProbePlan plan(String host) {
    return new ProbePlan(
        new CheckRef(host, "rehearsal", "check", 1),
        host,
        IpFamilies.ANY,
        AddressSelection.ALL,
        new Timing(2, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(500)),
        new PacketShape(56, 64, 0, false),
        LOOPBACK);
  }
}
