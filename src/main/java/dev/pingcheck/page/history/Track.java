package dev.pingcheck.page.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The slots of one check in the order of their times, each with the number of the next one.
 *
 * <p>Not thread safe.
 */
final class Track {
  private final SlotPool pool;
  private int first = SlotPool.NOTHING;
  private int last = SlotPool.NOTHING;

  Track(SlotPool pool) {
    this.pool = pool;
  }

  /**
   * Adds a round. One that began before the last slot did, as the clocks of two nodes differ, is
   * counted in that one.
   *
   * @param width of a slot, in seconds
   * @param length how long a slot is kept, in seconds
   */
  void add(Slot round, long width, long length) {
    long start = round.start() - round.start() % width;
    dropBefore(start - length + width);
    if (last != SlotPool.NOTHING && pool.start(last) + width > start) {
      pool.write(last, pool.read(last).with(round));
      return;
    }
    int number = pool.take();
    if (number == SlotPool.NOTHING) {
      if (first == SlotPool.NOTHING) {
        return;
      }
      dropFirst();
      number = pool.take();
    }
    pool.write(number, round.from(start));
    if (last == SlotPool.NOTHING) {
      first = number;
    } else {
      pool.next(last, number);
    }
    last = number;
  }

  private void dropBefore(long start) {
    while (first != SlotPool.NOTHING && pool.start(first) < start) {
      dropFirst();
    }
  }

  private void dropFirst() {
    int next = pool.next(first);
    pool.give(first);
    first = next;
    if (next == SlotPool.NOTHING) {
      last = SlotPool.NOTHING;
    }
  }

  /** Merges what falls into one span of so many seconds. */
  void fold(long width) {
    int number = first;
    while (number != SlotPool.NOTHING) {
      Slot slot = pool.read(number);
      long start = slot.start() - slot.start() % width;
      slot = slot.from(start);
      int next = pool.next(number);
      while (next != SlotPool.NOTHING && pool.start(next) < start + width) {
        slot = slot.with(pool.read(next));
        int after = pool.next(next);
        pool.give(next);
        next = after;
      }
      pool.write(number, slot);
      pool.next(number, next);
      last = number;
      number = next;
    }
  }

  void clear() {
    while (first != SlotPool.NOTHING) {
      dropFirst();
    }
  }

  List<Slot> all() {
    List<Slot> all = new ArrayList<>();
    for (int number = first; number != SlotPool.NOTHING; number = pool.next(number)) {
      all.add(pool.read(number));
    }
    return all;
  }
}
