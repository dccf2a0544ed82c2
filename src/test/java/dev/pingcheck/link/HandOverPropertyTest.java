package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.link.Placement.Beside;
import dev.pingcheck.link.Placement.Central;
import dev.pingcheck.link.Roster.Seat;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Probes that come, go, break off and come back, in a time of its own: whatever happens, no round
 * of a check is judged twice, and none is missing but for those that a probe took with it. {@code
 * -Dpingcheck.seed=N} plays one history again.
 */
class HandOverPropertyTest {
  private static final int HISTORIES = 100;
  private static final long FIRST = 51_015L;
  private static final int CHECKS = 16;
  private static final int[] PERIODS = {1000, 2500, 10_000, 30_000};
  private static final long STEP_MILLIS = 200;
  private static final EffectiveThresholds THRESHOLDS =
      new EffectiveThresholds(20, 20, Optional.empty(), 1, 1);

  @Test
  void noRoundCountsTwiceAndNoneIsMissingWhereProbesOnlyComeAndGo() {
    Long one = Long.getLong("pingcheck.seed");
    long first = one == null ? FIRST : one;
    for (long seed = first; seed < first + (one == null ? HISTORIES : 1); seed++) {
      new History(seed).play();
    }
  }

  private static final class Task {
    private final long at;
    private final long order;
    private final Runnable what;

    Task(long at, long order, Runnable what) {
      this.at = at;
      this.order = order;
      this.what = what;
    }
  }

  private static final class History implements Agenda {
    private final String name;
    private final SplittableRandom random;
    private final FakeClock clock = new FakeClock();
    private final PriorityQueue<Task> tasks =
        new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.at).thenComparing(task -> task.order));
    private final Deque<Runnable> soon = new ArrayDeque<>();
    private final PlanBook book = new PlanBook();
    private final Dispatch dispatch;
    private final List<Probe> probes = new ArrayList<>();
    private final Map<String, PingCheckStatus> statuses = new HashMap<>();
    private final Map<String, TreeMap<Long, String>> judged = new HashMap<>();
    private final boolean isGentle;
    private long order;
    private int pods;

    History(long seed) {
      random = new SplittableRandom(seed);
      name = "-Dpingcheck.seed=" + seed;
      isGentle = random.nextBoolean();
      for (int number = 0; number < CHECKS; number++) {
        ProbePlan plan = Samples.plan(number);
        Duration period = Duration.ofMillis(PERIODS[random.nextInt(PERIODS.length)]);
        plan =
            new ProbePlan(
                plan.check(),
                plan.hostname(),
                plan.families(),
                plan.addresses(),
                new ProbePlan.Timing(1, Duration.ofMillis(10), period, Duration.ofMillis(500)),
                plan.packet());
        book.put(plan);
        statuses.put(
            plan.check().uid(),
            Judge.accepted(new PingCheckStatus(), 1, "target", period, clock.now()).status());
        judged.put(plan.check().uid(), new TreeMap<>());
      }
      book.complete();
      dispatch = new Dispatch(book, this, clock, Dispatch.SETTLING);
    }

    @Override
    public void execute(Runnable task) {
      soon.add(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
      tasks.add(new Task(clock.nanoTime() + delay.toNanos(), ++order, task));
    }

    void play() {
      join(random.nextBoolean() ? new Beside() : pod());
      pass(Duration.ofSeconds(60));
      for (int events = 5 + random.nextInt(10); events > 0; events--) {
        happen();
        pass(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 500 : 45_000)));
      }
      probes.stream().filter(probe -> !probe.isDead && probe.isCut()).forEach(Probe::comeBack);
      Instant calm = clock.now().plusSeconds(70);
      pass(Duration.ofSeconds(200));
      check(calm);
    }

    private Placement pod() {
      return new Central("central-" + ++pods);
    }

    private void happen() {
      List<Probe> alive = probes.stream().filter(probe -> !probe.isDead).toList();
      Probe some = alive.get(random.nextInt(alive.size()));
      int what = random.nextInt(isGentle ? 3 : 6);
      if (what < 2 || alive.size() == 1) {
        join(pod());
      } else if (what == 2) {
        some.sayGoodbye();
      } else if (what == 3) {
        some.die();
      } else if (some.isCut()) {
        some.comeBack();
      } else {
        some.cut();
      }
    }

    private void join(Placement placement) {
      Probe probe = new Probe(placement);
      probes.add(probe);
      probe.connect();
    }

    private void pass(Duration time) {
      for (long left = time.toMillis() / STEP_MILLIS; left > 0; left--) {
        clock.advance(Duration.ofMillis(STEP_MILLIS));
        while (!soon.isEmpty() || isDue()) {
          (soon.isEmpty() ? tasks.remove().what : soon.remove()).run();
        }
        List.copyOf(probes).forEach(Probe::goOn);
      }
    }

    private boolean isDue() {
      return !tasks.isEmpty() && tasks.peek().at <= clock.nanoTime();
    }

    private void judge(RoundReport report, long slot) {
      String uid = report.checkUid();
      Verdict verdict =
          Judge.sharedRound(statuses.get(uid), report.generation(), THRESHOLDS, report);
      statuses.put(uid, Judge.confirmed(verdict.status()));
      if (verdict.news()) {
        String before = judged.get(uid).put(slot, report.id().probe());
        assertThat(before).as("%s: %s in slot %d twice", name, uid, slot).isNull();
        assertThat(judged.get(uid).lastKey()).as("%s: %s in order", name, uid).isEqualTo(slot);
      }
    }

    /** From then on all is calm. */
    private void check(Instant calm) {
      for (ProbePlan plan : book.plans()) {
        String uid = plan.check().uid();
        long holders = probes.stream().filter(p -> !p.isDead && p.held.containsKey(uid)).count();
        assertThat(holders).as("%s: who pings %s at the end", name, uid).isEqualTo(1);
        TreeMap<Long, String> slots = judged.get(uid);
        long period = plan.timing().period().toMillis();
        long from = isGentle ? slots.firstKey() : calm.toEpochMilli() / period + 1;
        for (long slot = from; slot <= slots.lastKey(); slot++) {
          boolean wasUnderWay = isGentle && wereUnderWay.contains(uid + "/" + slot);
          assertThat(slots.containsKey(slot) || wasUnderWay)
              .as("%s: %s misses slot %d of %s", name, uid, slot, slots)
              .isTrue();
        }
        assertThat((slots.lastKey() + 2) * period)
            .as("%s: %s is pinged at the end", name, uid)
            .isGreaterThan(clock.now().toEpochMilli() - period);
      }
    }

    private final java.util.Set<String> wereUnderWay = new java.util.HashSet<>();

    /** A probe: it pings what it was told to, whether it has an operator or not. */
    private final class Probe {
      private final Placement placement;
      private final String name = "%08x".formatted(probes.size() + 1);
      private final Map<String, Long> held = new HashMap<>();
      private final Map<String, Long> underWay = new HashMap<>();
      private final List<Runnable> kept = new ArrayList<>();
      private long rounds;
      private boolean isDead;
      private Stream stream;

      Probe(Placement placement) {
        this.placement = placement;
      }

      boolean isCut() {
        return stream == null;
      }

      void connect() {
        stream = new Stream();
        stream.seat = dispatch.join(placement, name, stream);
        stream.share = new Share(book, dispatch, stream.seat, stream);
        kept.forEach(Runnable::run);
        kept.clear();
        stream.read();
      }

      void comeBack() {
        connect();
      }

      void cut() {
        Stream ended = stream;
        stream = null;
        dispatch.leave(ended.seat, ended, false);
      }

      void die() {
        isDead = true;
        if (stream != null) {
          cut();
        }
      }

      void sayGoodbye() {
        isDead = true;
        underWay.forEach((uid, slot) -> wereUnderWay.add(uid + "/" + slot));
        if (stream != null) {
          Stream ended = stream;
          stream = null;
          dispatch.leave(ended.seat, ended, true);
        }
      }

      void put(ProbePlan plan) {
        held.putIfAbsent(plan.check().uid(), slot(plan));
      }

      void remove(String uid) {
        held.remove(uid);
        underWay.remove(uid);
      }

      /** The slot in which a check is at this moment. */
      private long slot(ProbePlan plan) {
        Duration period = plan.timing().period();
        long phase = Phase.of(plan.check().uid(), period) / 1_000_000;
        return Math.floorDiv(clock.now().toEpochMilli() - phase, period.toMillis());
      }

      /** Ends the rounds under way, and begins those that are due. */
      void goOn() {
        if (isDead) {
          return;
        }
        for (String uid : List.copyOf(held.keySet())) {
          ProbePlan plan = book.find(uid).orElseThrow();
          Long open = underWay.get(uid);
          long phase = Phase.of(uid, plan.timing().period()) / 1_000_000;
          if (open != null
              && open * plan.timing().period().toMillis() + phase + 600
                  <= clock.now().toEpochMilli()) {
            underWay.remove(uid);
            report(plan, open, phase);
          }
          long now = slot(plan);
          if (held.containsKey(uid) && now > held.get(uid)) {
            held.put(uid, now);
            underWay.put(uid, now);
          }
        }
      }

      private void report(ProbePlan plan, long slot, long phase) {
        Instant start =
            Instant.ofEpochMilli(slot * plan.timing().period().toMillis() + phase)
                .plusMillis(Math.floorMod(name.hashCode(), 50)); // clocks differ a little
        RoundReport report =
            new RoundReport(
                plan.check().uid(),
                1,
                new RoundId(name, ++rounds),
                start,
                start.plusMillis(600),
                Resolution.resolved(),
                List.of(Samples.report(name, rounds).addresses().getFirst()),
                Pacing.ON_TIME);
        Runnable tell =
            () -> {
              judge(report, slot);
              dispatch.reported(stream.seat, plan.check().uid());
            };
        if (stream == null) {
          kept.add(tell);
        } else {
          tell.run();
        }
      }

      /** One of its streams, as the operator sees it. */
      private final class Stream implements Dispatch.Holder {
        private Seat seat;
        private Share share;

        @Override
        public void review() {
          if (share != null) {
            share.review();
            read();
          }
        }

        @Override
        public void release(String uid) {
          share.release(uid);
          read();
        }

        @Override
        public void end(String reason) {
          throw new AssertionError(reason);
        }

        void read() {
          Optional<Share.Change> next = share.next();
          while (next.isPresent()) {
            switch (next.get()) {
              case Share.Change.Put(ProbePlan plan) -> put(plan);
              case Share.Change.Remove(String uid) -> remove(uid);
              case Share.Change.All(List<ProbePlan> plans) -> {
                List<String> wanted = plans.stream().map(p -> p.check().uid()).toList();
                List.copyOf(held.keySet()).stream()
                    .filter(uid -> !wanted.contains(uid))
                    .forEach(Probe.this::remove);
                plans.forEach(Probe.this::put);
              }
            }
            next = share.next();
          }
        }
      }
    }
  }
}
