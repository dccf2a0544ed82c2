package dev.pingcheck.report.status;

import dev.pingcheck.clock.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/**
 * Says of each write of a status whether it goes now. A transition always does. The first round of
 * a check waits for its turn at a rate of its own, figures for their rhythm and their budget; both
 * leave some of the threads to transitions, and both hold still while the API server asks for
 * patience. Nobody is kept waiting in here: who cannot go is sent away with a time, and a first
 * round for which there is no room at its turn is called when there is.
 *
 * <p>Thread safe.
 */
public final class WriteGate {

  /**
   * The bounds of what is not urgent.
   *
   * @param firstPerSecond first rounds a second, above 0; as many may come at once
   * @param firstAtOnce how many of them are under way at the same time, at least 1
   * @param figuresAtOnce the same for figures, at least 1
   */
  public record Limits(double firstPerSecond, int firstAtOnce, int figuresAtOnce) {
    public Limits {
      if (!(firstPerSecond > 0)) {
        throw new IllegalArgumentException("first writes a second must be above 0");
      }
      if (firstAtOnce < 1 || figuresAtOnce < 1) {
        throw new IllegalArgumentException("one write at a time is the least");
      }
    }
  }

  /** A little more than the even stretch needs: by chance, some seconds need more than others. */
  private static final double SLACK = 1.02;

  /** So many seconds' worth of figures may gather while fewer are due. */
  private static final double FIGURES_BURST_SECONDS = 1;

  /** Whoever applies a few checks sees at once that they are accepted. */
  private static final double WORDS_BURST = 50;

  private static final double WORDS_PER_SECOND = 10;

  /** Others see it with the first round or, where that is long in coming, after this time. */
  private static final Duration WORDS_WAIT = Duration.ofSeconds(45);

  private static final Duration TRY_AGAIN = Duration.ofMillis(100);

  /** Who is to be called asks again by itself after this time, in case that the call is lost. */
  private static final Duration CALL_AT_THE_LATEST = Duration.ofSeconds(2);

  /** What the gate remembers of one check; the calls for one check come one after the other. */
  public static final class Place {
    private static final long NONE = Long.MIN_VALUE;

    private final Rhythm rhythm;
    private long turn = NONE;
    private boolean inLine;

    private Place(Rhythm rhythm) {
      this.rhythm = rhythm;
    }
  }

  private final WriteBudget budget;
  private final Limits limits;
  private final Patience patience;
  private final Clock clock;
  private final RandomGenerator random;
  private final TokenBucket first = new TokenBucket();
  private final WaitingLine<Place> firstLine = new WaitingLine<>();
  private final TokenBucket words = new TokenBucket();
  private final TokenBucket figures = new TokenBucket();
  private final int[] underWay = new int[WriteKind.values().length];
  private final AtomicLongArray written = new AtomicLongArray(WriteKind.values().length);

  public WriteGate(
      WriteBudget budget, Limits limits, Patience patience, Clock clock, RandomGenerator random) {
    this.budget = budget;
    this.limits = limits;
    this.patience = patience;
    this.clock = clock;
    this.random = random;
  }

  /** A place for a check that was never told of. */
  public Place newPlace() {
    return new Place(Rhythm.startingAt(clock.nanoTime(), random.nextDouble()));
  }

  /**
   * A place for a check whose figures somebody wrote before.
   *
   * @param age how old they are, not negative
   */
  public Place placeWrittenBefore(Duration age) {
    long nanos = Math.min(age.toNanos(), WriteBudget.LONGEST.toNanos());
    return new Place(Rhythm.writtenAt(clock.nanoTime() - nanos));
  }

  /** Whether this round's figures are the ones to write. */
  public boolean areFiguresDue(String uid, Place place) {
    return place.rhythm.isDue(clock.nanoTime(), budget.spacing(uid), budget.period(uid));
  }

  /**
   * Asks to write.
   *
   * @param call has the check ask again; may be run on any thread, also in vain
   * @return zero: go, and call {@link #leave} when it is done; else ask again after this time, or
   *     figures after the next round
   */
  public synchronized Duration enter(WriteKind kind, Place place, Runnable call) {
    Duration wait =
        switch (kind) {
          case TRANSITION -> Duration.ZERO;
          case FIRST -> first(place, call);
          case WORDS -> words(place);
          case FIGURES -> figures();
        };
    if (wait.isZero()) {
      underWay[kind.ordinal()]++;
      place.turn = Place.NONE;
      place.inLine = false;
      firstLine.leave(place);
    }
    return wait;
  }

  /** The write has ended, whatever became of it. */
  public void leave(WriteKind kind) {
    Runnable call = () -> {};
    synchronized (this) {
      underWay[kind.ordinal()]--;
      if (kind == WriteKind.FIRST) {
        call = firstLine.next(clock.nanoTime());
      }
    }
    call.run();
  }

  /** The check is gone, and asks no more. */
  public synchronized void forget(Place place) {
    firstLine.leave(place);
  }

  /** A status is stored. */
  public void written(WriteKind kind, String uid, Place place) {
    written.incrementAndGet(kind.ordinal());
    if (kind == WriteKind.FIGURES && areFiguresDue(uid, place)) {
      place.rhythm.written(clock.nanoTime(), budget.spacing(uid));
    }
  }

  /** Statuses stored since the start. */
  public long written(WriteKind kind) {
    return written.get(kind.ordinal());
  }

  private Duration first(Place place, Runnable call) {
    long now = clock.nanoTime();
    if (!place.inLine) {
      place.inLine = true;
      place.turn =
          now + first.reserve(now, limits.firstPerSecond(), burst(limits.firstPerSecond()));
    }
    if (place.turn > now) {
      return Duration.ofNanos(place.turn - now);
    }
    Duration asked = patience.left();
    if (!asked.isZero()) {
      return spread(asked.plus(TRY_AGAIN));
    }
    int room = limits.firstAtOnce() - underWay[WriteKind.FIRST.ordinal()];
    return firstLine.passes(place, call, room, now) ? Duration.ZERO : spread(CALL_AT_THE_LATEST);
  }

  private Duration words(Place place) {
    long now = clock.nanoTime();
    if (place.turn == Place.NONE) {
      if (words.take(now, WORDS_PER_SECOND, WORDS_BURST)) {
        place.turn = now;
      } else {
        // Its first round will most likely have come by then, and one write tells both.
        place.turn = now + spread(WORDS_WAIT).toNanos();
      }
    }
    if (place.turn > now) {
      return Duration.ofNanos(place.turn - now);
    }
    return hindered(WriteKind.WORDS, limits.firstAtOnce());
  }

  private Duration figures() {
    Duration wait = hindered(WriteKind.FIGURES, limits.figuresAtOnce());
    if (!wait.isZero()) {
      return wait;
    }
    if (budget.load() <= 1) {
      return Duration.ZERO; // the rounds themselves keep within the budget
    }
    double perSecond = budget.perSecond() * SLACK;
    boolean may =
        figures.take(clock.nanoTime(), perSecond, burst(perSecond * FIGURES_BURST_SECONDS));
    return may ? Duration.ZERO : TRY_AGAIN;
  }

  private Duration hindered(WriteKind kind, int atOnce) {
    Duration asked = patience.left();
    if (!asked.isZero()) {
      return spread(asked.plus(TRY_AGAIN));
    }
    return underWay[kind.ordinal()] < atOnce ? Duration.ZERO : spread(TRY_AGAIN);
  }

  /** Those who are sent away together come back one by one. */
  private Duration spread(Duration wait) {
    return Duration.ofNanos((long) (wait.toNanos() * (1 + random.nextDouble())));
  }

  private static double burst(double tokens) {
    return Math.max(1, tokens);
  }
}
