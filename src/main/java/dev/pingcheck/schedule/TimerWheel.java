package dev.pingcheck.schedule;

/**
 * A hierarchical timer wheel: arming, cancelling and firing cost the same for ten timers and for a
 * million. A timer fires in the first {@link #advance} whose time has reached its deadline, never
 * before; the wheel's ticks only sort.
 *
 * <p>Time is a parameter: nanoseconds as of {@link System#nanoTime()}. Not thread safe: one thread
 * owns a wheel and all timers in it.
 */
public final class TimerWheel {
  static final int NOT_ARMED = -1;

  /** A tick is 131 microseconds: few timers share one, and six levels reach any deadline. */
  private static final int TICK_SHIFT = 17;

  private static final int LEVEL_BITS = 8;
  private static final int LEVELS = 6;
  private static final int SLOTS = 1 << LEVEL_BITS;
  private static final int DUE = LEVELS * SLOTS;

  private final WheelTimer[] heads = new WheelTimer[DUE + 1];
  private final long[] occupied = new long[LEVELS * SLOTS / Long.SIZE];
  private final long origin;
  private long tick;
  private int size;

  /**
   * @param now the time at which the wheel starts
   */
  public TimerWheel(long now) {
    origin = now;
    for (int i = 0; i < heads.length; i++) {
      heads[i] = new Head();
    }
  }

  /** Timers that are armed. */
  public int size() {
    return size;
  }

  /**
   * Arms a timer, instead of any deadline that it had. A deadline in the past is due in the next
   * {@link #advance}.
   */
  public void arm(WheelTimer timer, long deadline) {
    cancel(timer);
    timer.deadline = deadline;
    place(timer);
    size++;
  }

  /** Disarms a timer; nothing happens if it is not armed. */
  public void cancel(WheelTimer timer) {
    if (timer.slot == NOT_ARMED) {
      return;
    }
    unplace(timer);
    size--;
  }

  /**
   * Fires all timers whose deadline is not after {@code now}, in the order of their ticks. What
   * they arm meanwhile waits for the next call, even if it is due already, so that no timer can
   * hold the caller up for ever.
   *
   * @param now not before the time of any earlier call
   * @return how many fired
   */
  public int advance(long now) {
    return advance(now, Integer.MAX_VALUE);
  }

  /**
   * The same for a bounded number of timers; the others that are due fire first in the next call.
   *
   * @param limit at least 1
   */
  public int advance(long now, int limit) {
    collectDue(now);
    int fired = 0;
    WheelTimer due = heads[DUE];
    while (due.following != due && fired < limit) {
      WheelTimer timer = due.following;
      cancel(timer);
      timer.fired(now);
      fired++;
    }
    return fired;
  }

  /**
   * When to call {@link #advance} next: the earliest deadline, or an earlier time if that deadline
   * is far away; {@link Long#MAX_VALUE} when nothing is armed.
   *
   * @return a time, on the same scale as the deadlines
   */
  public long nextDeadline() {
    WheelTimer due = heads[DUE].following;
    if (due != heads[DUE]) {
      return due.deadline;
    }
    int slot = firstOccupied();
    if (slot < 0) {
      return Long.MAX_VALUE;
    }
    long start = timeOf(startOf(slot));
    if (slot >= SLOTS) {
      return start;
    }
    long end = start + (1L << TICK_SHIFT);
    WheelTimer head = heads[slot];
    for (WheelTimer t = head.following; t != head; t = t.following) {
      end = Math.min(end, t.deadline);
    }
    return end;
  }

  private void collectDue(long now) {
    long nowTick = Math.max(tick, tickOf(now));
    while (true) {
      int slot = firstOccupied();
      long start = slot < 0 ? Long.MAX_VALUE : startOf(slot);
      if (start > nowTick) {
        tick = nowTick;
        return;
      }
      tick = start;
      boolean last = slot < SLOTS && start == nowTick;
      sort(slot, now);
      if (last) {
        return;
      }
    }
  }

  /** Moves what a slot holds to the due ones or, nearer by now, to a finer level. */
  private void sort(int slot, long now) {
    WheelTimer head = heads[slot];
    WheelTimer last = head.previous;
    WheelTimer timer;
    do {
      timer = head.following;
      unplace(timer);
      if (timer.deadline <= now) {
        link(timer, DUE);
      } else {
        place(timer);
      }
    } while (timer != last);
  }

  /** A timer lies on the level of the highest digit (base 256) in which its tick differs. */
  private void place(WheelTimer timer) {
    long at = Math.max(tickOf(timer.deadline), tick);
    long differs = at ^ tick;
    int level = differs == 0 ? 0 : (63 - Long.numberOfLeadingZeros(differs)) / LEVEL_BITS;
    int index = (int) (at >>> (level * LEVEL_BITS)) & (SLOTS - 1);
    int slot = level * SLOTS + index;
    occupied[slot >> 6] |= 1L << slot;
    link(timer, slot);
  }

  private void link(WheelTimer timer, int slot) {
    timer.slot = slot;
    heads[slot].append(timer);
  }

  private void unplace(WheelTimer timer) {
    int slot = timer.slot;
    timer.unlink();
    timer.slot = NOT_ARMED;
    if (slot != DUE && heads[slot].following == heads[slot]) {
      occupied[slot >> 6] &= ~(1L << slot);
    }
  }

  /** The slot that starts earliest: levels lie one behind another in time. */
  private int firstOccupied() {
    for (int word = 0; word < occupied.length; word++) {
      if (occupied[word] != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(occupied[word]);
      }
    }
    return -1;
  }

  private long startOf(int slot) {
    int level = slot / SLOTS;
    int shift = level * LEVEL_BITS;
    long above = tick >>> (shift + LEVEL_BITS) << (shift + LEVEL_BITS);
    return Math.max(tick, above | ((long) (slot % SLOTS) << shift));
  }

  private long tickOf(long time) {
    return Math.max(0, time - origin) >>> TICK_SHIFT;
  }

  private long timeOf(long aTick) {
    return origin + (aTick << TICK_SHIFT);
  }

  /** The head of a list is a timer that nobody arms. */
  private static final class Head extends WheelTimer {
    @Override
    protected void fired(long now) {
      throw new IllegalStateException("the head of a list never fires");
    }
  }
}
