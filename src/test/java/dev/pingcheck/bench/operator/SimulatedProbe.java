package dev.pingcheck.bench.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.LinkClientLimits.Backoff;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;

/**
 * A probe that sends nothing but has every round settle when it should: the real link's client over
 * the real socket, each check in its phase, its reports as those of a real probe.
 */
final class SimulatedProbe implements PlanListener, AutoCloseable {
  private static final String NAME = "51a7ed00";
  private static final long RTT = 1_000_000;

  private final Clock clock = Clock.system();
  private final ScheduledThreadPoolExecutor rounds = new ScheduledThreadPoolExecutor(1);
  private final Map<String, Check> checks = new HashMap<>();
  private final Map<String, Instant> firstRounds = new ConcurrentHashMap<>();
  private final LinkClient link;
  private volatile BiPredicate<String, Instant> loses = (name, end) -> false;

  SimulatedProbe(Path socket) {
    rounds.setRemoveOnCancelPolicy(true);
    LinkClientLimits usual = LinkClientLimits.defaults();
    LinkClientLimits eager =
        new LinkClientLimits(
            usual.reports(),
            usual.reportBytes(),
            usual.inFlight(),
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)),
            usual.orphanedFor(),
            usual.farewell());
    link = new LinkClient(socket, NAME, this, clock, eager);
    link.start();
  }

  /** From now on a round loses everything if its check's name and its end say so. */
  void lose(BiPredicate<String, Instant> rule) {
    loses = rule;
  }

  /** When the first round of each check has ended, by the check's name. */
  Map<String, Instant> firstRounds() {
    return firstRounds;
  }

  @Override
  public synchronized void snapshot(
      Collection<ProbePlan> plans, java.util.Optional<dev.pingcheck.plan.Interruption> missed) {
    Set<String> wanted = new HashSet<>();
    plans.forEach(plan -> wanted.add(plan.check().uid()));
    Set.copyOf(checks.keySet()).stream()
        .filter(uid -> !wanted.contains(uid))
        .forEach(this::removed);
    plans.forEach(this::put);
  }

  @Override
  public synchronized void put(ProbePlan plan) {
    Check known = checks.get(plan.check().uid());
    if (known == null) {
      checks.put(plan.check().uid(), new Check(plan));
    } else {
      known.plan = plan;
    }
  }

  @Override
  public synchronized void removed(String uid) {
    Check gone = checks.remove(uid);
    if (gone != null) {
      gone.rounds.cancel(false);
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    link.close();
  }

  /** One check and its rounds. */
  private final class Check {
    private final ScheduledFuture<?> rounds;
    private volatile ProbePlan plan;
    private long number;

    Check(ProbePlan plan) {
      this.plan = plan;
      long period = plan.timing().period().toNanos();
      long roundLength = length().toNanos();
      long phase = Phase.delay(plan.check().uid(), plan.timing().period(), clock.now());
      rounds =
          SimulatedProbe.this.rounds.scheduleAtFixedRate(
              this::report, phase + roundLength, period, TimeUnit.NANOSECONDS);
    }

    private Duration length() {
      return plan.timing().interval().multipliedBy(plan.timing().count() - 1L);
    }

    private void report() {
      Instant end = clock.now();
      number++;
      firstRounds.putIfAbsent(plan.check().name(), end);
      link.report(
          new RoundReport(
              plan.check().uid(),
              plan.check().generation(),
              new RoundId(NAME, number),
              end.minus(length()),
              end,
              Resolution.literal(),
              java.util.List.of(address(end)),
              Pacing.ON_TIME));
    }

    private AddressRound address(Instant end) {
      int sent = plan.timing().count();
      if (loses.test(plan.check().name(), end)) {
        return new AddressRound(
            plan.hostname(),
            sent,
            Replies.NONE,
            Map.of(LossReason.TIMEOUT, sent),
            Strays.NONE,
            Optional.of(end));
      }
      Replies all =
          new Replies(
              sent, Collections.nCopies(sent, RTT), sent, OptionalInt.of(64), Optional.of(end));
      return new AddressRound(plan.hostname(), sent, all, Map.of(), Strays.NONE, Optional.empty());
    }
  }
}
