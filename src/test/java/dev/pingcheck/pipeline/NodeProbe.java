package dev.pingcheck.pipeline;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.OperatorAddress;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.Strays;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node's probe in a bad way, on the real link: it sends no packet, but each second it tells two
 * rounds of the one check that it is asked for, by turns good and bad ones. A bad round finds all
 * that can be found, the sockets drop packets, and a single report has room that is not safe yet.
 */
final class NodeProbe implements PlanListener, AutoCloseable {
  private static final List<Long> TIMES = List.of(1_000_000L, 2_000_000L, 4_000_000L);

  private final String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final Map<String, ProbePlan> plans = new ConcurrentHashMap<>();
  private final LinkClient link;
  private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong told = new AtomicLong();

  NodeProbe(OperatorAddress operator) {
    LinkClientLimits usual = LinkClientLimits.overNetwork();
    LinkClientLimits oneReport =
        new LinkClientLimits(
            1,
            usual.reportBytes(),
            usual.inFlight(),
            usual.backoff(),
            usual.orphanedFor(),
            usual.farewell());
    link = new LinkClient(operator, name, this, Clock.system(), oneReport).tellingOf(this::health);
    link.start();
    rounds.scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
  }

  /** Worse each time that it is asked for. */
  private EngineHealth health() {
    long all = told.get();
    return new EngineHealth(EngineHealth.Sockets.PING, all, all, all, System.nanoTime());
  }

  private void tell() {
    boolean isGood = told.get() % 4 == 0;
    for (ProbePlan plan : plans.values()) {
      link.report(isGood ? good(plan) : bad(plan));
      link.report(isGood ? good(plan) : bad(plan));
    }
  }

  private RoundReport good(ProbePlan plan) {
    return report(plan, Map.of(), Strays.NONE, Pacing.ON_TIME);
  }

  private RoundReport bad(ProbePlan plan) {
    Strays strays = Strays.NONE;
    for (StrayKind kind : StrayKind.values()) {
      strays = strays.and(kind, 1);
    }
    Setback setback = new Setback(1, 1_000_000, 1);
    return report(
        plan,
        each(LossReason.values(), reason -> 1),
        strays,
        new Pacing(1_000_000, each(SetbackCause.values(), cause -> setback)));
  }

  private static <K, V> Map<K, V> each(K[] keys, Function<K, V> value) {
    return Stream.of(keys).collect(Collectors.toMap(Function.identity(), value));
  }

  private RoundReport report(
      ProbePlan plan, Map<LossReason, Integer> lost, Strays strays, Pacing pacing) {
    Instant now = Instant.now();
    Replies replies =
        new Replies(TIMES.size(), TIMES, TIMES.size(), OptionalInt.of(64), Optional.of(now));
    AddressRound round =
        new AddressRound(
            plan.hostname(),
            TIMES.size() + lost.size(),
            replies,
            lost,
            strays,
            lost.isEmpty() ? Optional.empty() : Optional.of(now));
    return new RoundReport(
        plan.check().uid(),
        plan.check().generation(),
        new RoundId(name, told.incrementAndGet()),
        now,
        now,
        Resolution.literal(),
        List.of(round),
        pacing);
  }

  @Override
  public void snapshot(Collection<ProbePlan> all, Optional<Interruption> missed) {
    plans.clear();
    all.forEach(this::put);
  }

  @Override
  public void put(ProbePlan plan) {
    plans.put(plan.check().uid(), plan);
  }

  @Override
  public void removed(String uid) {
    plans.remove(uid);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    link.close();
  }
}
