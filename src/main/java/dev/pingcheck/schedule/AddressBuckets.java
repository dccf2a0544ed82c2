package dev.pingcheck.schedule;

import java.util.Arrays;

/**
 * A token bucket for each address that was sent to of late. One that is full again is as good as
 * none, and is dropped when room is needed; so the table is as large as the most addresses at once
 * whose buckets were not full, and taking a token allocates nothing.
 */
final class AddressBuckets {
  private static final int LEAST_CAPACITY = 1 << 10;

  private final TokenRate rate;
  private Table table = new Table(LEAST_CAPACITY);
  private Table spare = new Table(LEAST_CAPACITY);

  AddressBuckets(TokenRate rate) {
    this.rate = rate;
  }

  /** Takes a token and says when it may be used. */
  long take(long high, long low, int zone, long now) {
    int slot = table.find(high, low, zone);
    if (table.isFree(slot)) {
      if (table.used >= table.capacity() / 2) {
        dropFull(now);
        slot = table.find(high, low, zone);
      }
      table.claim(slot, high, low, zone, now);
    }
    long fullAt = table.fullAt[slot];
    table.fullAt[slot] = rate.fullAfter(fullAt, now);
    return rate.usable(fullAt, now);
  }

  /** Addresses of which something is known. */
  int size() {
    return table.used;
  }

  private void dropFull(long now) {
    Table from = table;
    Table to = spare;
    int kept = 0;
    for (int i = 0; i < from.capacity(); i++) {
      kept += from.isFree(i) || from.fullAt[i] <= now ? 0 : 1;
    }
    if (kept > from.capacity() / 4) {
      to = new Table(from.capacity() * 2);
      spare = new Table(from.capacity() * 2);
    } else {
      spare = from;
    }
    for (int i = 0; i < from.capacity(); i++) {
      if (!from.isFree(i) && from.fullAt[i] > now) {
        int slot = to.find(from.high[i], from.low[i], from.zone[i]);
        to.claim(slot, from.high[i], from.low[i], from.zone[i], from.fullAt[i]);
      }
    }
    table = to;
    spare.clear();
  }

  /** Open addressing with linear probing; at least half of the slots are free. */
  private static final class Table {
    private static final long FREE = Long.MIN_VALUE;

    private final long[] high;
    private final long[] low;
    private final int[] zone;
    private final long[] fullAt;
    private int used;

    Table(int capacity) {
      high = new long[capacity];
      low = new long[capacity];
      zone = new int[capacity];
      fullAt = new long[capacity];
      clear();
    }

    int capacity() {
      return fullAt.length;
    }

    boolean isFree(int slot) {
      return fullAt[slot] == FREE;
    }

    /** The slot of that address, or the free one that it is to get. */
    int find(long aHigh, long aLow, int aZone) {
      int mask = capacity() - 1;
      int slot = (int) mix(aHigh ^ mix(aLow ^ mix(aZone))) & mask;
      while (!isFree(slot) && (low[slot] != aLow || high[slot] != aHigh || zone[slot] != aZone)) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    void claim(int slot, long aHigh, long aLow, int aZone, long aFullAt) {
      high[slot] = aHigh;
      low[slot] = aLow;
      zone[slot] = aZone;
      fullAt[slot] = aFullAt;
      used++;
    }

    void clear() {
      Arrays.fill(fullAt, FREE);
      used = 0;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
      long h = value + 0x9e3779b97f4a7c15L;
      h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
      h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
      return h ^ (h >>> 31);
    }
  }
}
