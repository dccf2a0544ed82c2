package dev.pingcheck.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All echo requests on their way and those settled not long ago, found by identifier and sequence.
 *
 * <p>Requests are numbered; a number's low 16 bits are its sequence, the next ones choose among
 * random identifiers, so that a pair comes again only after four million requests. The table is a
 * ring of numbers that doubles when it has come around to a request that is still open, or settled
 * so recently that a late reply is likely.
 */
final class InFlightTable {
  static final int IDENTIFIERS = 64;
  private static final int SEQUENCES = 1 << 16;
  private static final int PAIRS = IDENTIFIERS * SEQUENCES;
  private static final int FIRST_CAPACITY = 1024;
  private static final long RECALL = Duration.ofSeconds(5).toNanos();

  /** Only open requests, not memories of settled ones, make the table greater than this. */
  private static final int RECALL_CAPACITY = 1 << 18;

  private static final int MOST_PROBES = 1024;
  private static final byte NONE = -1;

  private final int[] identifiers = new int[IDENTIFIERS];
  private final byte[] indexes = new byte[SEQUENCES];
  private final Supplier<Echo> factory;
  private final int limit;
  private Echo[] ring;
  private long next = 1;

  /**
   * @param limit the most requests that it may ever hold: a power of two up to 64 times 65536
   */
  InFlightTable(RandomGenerator random, Supplier<Echo> factory, int limit) {
    this.factory = factory;
    this.limit = limit;
    ring = new Echo[Math.min(FIRST_CAPACITY, limit)];
    Arrays.fill(indexes, NONE);
    for (byte i = 0; i < IDENTIFIERS; i++) {
      int identifier;
      do {
        identifier = random.nextInt(1, SEQUENCES);
      } while (indexes[identifier] != NONE);
      identifiers[i] = identifier;
      indexes[identifier] = i;
    }
  }

  InFlightTable(RandomGenerator random, Supplier<Echo> factory) {
    this(random, factory, PAIRS);
  }

  /** Requests that it can hold at the moment. */
  int capacity() {
    return ring.length;
  }

  /** Whether packets with that identifier are for us. */
  boolean isOurs(int identifier) {
    return indexes[identifier] != NONE;
  }

  /** A place for a new request, numbered; null when every place near is an open request's. */
  Echo claim(long now) {
    for (int probe = 0; probe < MOST_PROBES; probe++) {
      int slot = (int) next & (ring.length - 1);
      Echo echo = ring[slot];
      if (echo == null) {
        echo = factory.get();
        ring[slot] = echo;
        return number(echo);
      }
      if (!isWanted(echo, now)) {
        return number(echo);
      }
      if (!grow()) {
        if (!echo.isOpen()) {
          return number(echo);
        }
        next++;
      }
    }
    return null;
  }

  /** The request that has that pair; null if the table does not know it, or not any more. */
  Echo find(int identifier, int sequence) {
    int index = indexes[identifier];
    if (index == NONE) {
      return null;
    }
    int pair = index << 16 | sequence;
    Echo echo = ring[pair & (ring.length - 1)];
    return echo != null && ((int) echo.number & (PAIRS - 1)) == pair ? echo : null;
  }

  private boolean isWanted(Echo echo, long now) {
    return echo.isOpen() || (ring.length < RECALL_CAPACITY && now - echo.settledAt < RECALL);
  }

  private Echo number(Echo echo) {
    echo.number = next;
    echo.sequence = (int) next & (SEQUENCES - 1);
    echo.identifier = identifiers[(int) (next >>> 16) & (IDENTIFIERS - 1)];
    next++;
    return echo;
  }

  private boolean grow() {
    if (ring.length >= limit) {
      return false;
    }
    Echo[] greater = new Echo[ring.length * 2];
    for (Echo echo : ring) {
      if (echo != null) {
        greater[(int) echo.number & (greater.length - 1)] = echo;
      }
    }
    ring = greater;
    return true;
  }
}
