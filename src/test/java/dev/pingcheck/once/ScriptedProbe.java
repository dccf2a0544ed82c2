package dev.pingcheck.once;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.LinkClientLimits.Backoff;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
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
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A probe that speaks the real link and sends no packet: a round of a check ends when it is told
 * to, and finds what it is told to find.
 */
final class ScriptedProbe implements PlanListener, AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final long LOOK_MILLIS = 20;
  private static final long QUICK = 1_000_000;
  private static final long SLOW = 500_000_000;

  private final String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final Map<String, ProbePlan> plans = new ConcurrentHashMap<>();
  private final Map<String, Long> rounds = new HashMap<>();
  private final LinkClient link;
  private volatile Optional<Interruption> interruption = Optional.empty();

  ScriptedProbe(Path socket) {
    LinkClientLimits usual = LinkClientLimits.defaults();
    LinkClientLimits quickToComeBack =
        new LinkClientLimits(
            usual.reports(),
            usual.reportBytes(),
            usual.inFlight(),
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
            usual.orphanedFor(),
            Duration.ofMillis(100));
    link = new LinkClient(socket, name, this, Clock.system(), quickToComeBack);
    link.start();
  }

  /** A probe as a process, to be killed: {@code SOCKET WORLD CHECKS}. */
  public static void main(String[] args) throws InterruptedException {
    World world = new World(Path.of(args[1]), Integer.parseInt(args[2]));
    Map<String, World.State> told = new HashMap<>();
    Map<String, Instant> toldAt = new HashMap<>();
    try (ScriptedProbe probe = new ScriptedProbe(Path.of(args[0]))) {
      while (true) {
        told.keySet().retainAll(probe.plans.keySet());
        for (String check : probe.plans.keySet()) {
          World.State now = world.of(World.number(check));
          boolean isNews = told.get(check) != now;
          if (isNews || toldAt.get(check).plus(HEARTBEAT).isBefore(Instant.now())) {
            probe.round(check, now);
            told.put(check, now);
            toldAt.put(check, Instant.now());
          }
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  boolean knows(String check) {
    return plans.containsKey(check);
  }

  /** What the operator has said last that is to be made up for. */
  Optional<Interruption> interruption() {
    return interruption;
  }

  /** Says that it ends, although it goes on to send what it is told to. */
  void leave(Instant begunUntil) {
    link.leave(begunUntil);
  }

  int plans() {
    return plans.size();
  }

  /**
   * A round of this check ends now.
   *
   * @return its end as crossings tell it; empty without a plan
   */
  synchronized Optional<Instant> round(String check, World.State found) {
    ProbePlan plan = plans.get(check);
    if (plan == null) {
      return Optional.empty();
    }
    long number = rounds.merge(plan.check().uid(), 1L, Long::sum);
    Instant end = Instant.now();
    link.report(
        new RoundReport(
            plan.check().uid(),
            plan.check().generation(),
            new RoundId(name, number),
            end,
            end,
            Resolution.literal(),
            java.util.List.of(address(plan.hostname(), found, end)),
            Pacing.ON_TIME));
    return Optional.of(end.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
  }

  private static AddressRound address(String address, World.State found, Instant at) {
    int received = found == World.State.GOOD ? 4 : 3;
    long rtt = found == World.State.LOSSY_AND_SLOW ? SLOW : QUICK;
    return new AddressRound(
        address,
        4,
        new Replies(
            received,
            Collections.nCopies(received, rtt),
            received,
            OptionalInt.of(64),
            Optional.of(at)),
        received == 4 ? Map.of() : Map.of(LossReason.TIMEOUT, 1),
        Strays.NONE,
        received == 4 ? Optional.empty() : Optional.of(at));
  }

  @Override
  public void snapshot(Collection<ProbePlan> all, Optional<Interruption> missed) {
    interruption = missed;
    plans.clear();
    all.forEach(this::put);
  }

  @Override
  public void put(ProbePlan plan) {
    plans.put(plan.check().name(), plan);
  }

  @Override
  public void removed(String uid) {
    plans.values().removeIf(plan -> plan.check().uid().equals(uid));
  }

  @Override
  public void close() {
    link.close();
  }
}
