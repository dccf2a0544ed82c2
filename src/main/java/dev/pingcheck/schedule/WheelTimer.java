package dev.pingcheck.schedule;

/**
 * Something that is due once at a time; the links of the wheel's lists stand in it, so that arming
 * and cancelling allocate nothing. To be used by the wheel's thread alone.
 */
public abstract class WheelTimer {
  /** The slot in which it lies; negative when it is not armed. */
  int slot = TimerWheel.NOT_ARMED;

  long deadline;
  WheelTimer previous = this;
  WheelTimer following = this;

  /** Whether it waits for its deadline. */
  public final boolean isArmed() {
    return slot != TimerWheel.NOT_ARMED;
  }

  /** The time for which it was last armed, in the wheel's nanoseconds. */
  public final long deadline() {
    return deadline;
  }

  /**
   * The deadline has come. May arm and cancel this and any other timer.
   *
   * @param now the time that was given to {@link TimerWheel#advance}, not before the deadline
   */
  protected abstract void fired(long now);

  final void unlink() {
    previous.following = following;
    following.previous = previous;
    previous = this;
    following = this;
  }

  /** Links {@code timer} in front of this one: at the end, if this one is a list's head. */
  final void append(WheelTimer timer) {
    timer.previous = previous;
    timer.following = this;
    previous.following = timer;
    previous = timer;
  }
}
