package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * All echo requests on their way and those settled not long ago, found by identifier and sequence.
 *
 * <p>Requests are numbered; a number's low 16 bits are its sequence, the next ones choose among the
 * port's identifiers, so that with 64 of them a pair comes again only after four million requests.
 * The table is a ring of numbers that doubles when it has come around to a request that is still
 * open, or settled so recently that a late reply is likely.
 */
final class InFlightTable {
  private static final int SEQUENCES = 1 << 16;
  private static final int FIRST_CAPACITY = 1024;
  private static final long RECALL = Duration.ofSeconds(5).toNanos();

  /** Only open requests, not memories of settled ones, make the table greater than this. */
  private static final int RECALL_CAPACITY = 1 << 18;

  private static final int MOST_PROBES = 1024;

  private final IcmpPort port;
  private final Supplier<Echo> factory;
  private final int identifiers;
  private final int pairs;
  private final int limit;
  private Echo[] ring;
  private long next = 1;

  /**
   * @param limit the most requests that it may ever hold, a power of two; the port's identifiers
   *     may set a lower one
   */
  InFlightTable(IcmpPort port, Supplier<Echo> factory, int limit) {
    this.port = port;
    this.factory = factory;
    identifiers = port.identifiers();
    pairs = identifiers * SEQUENCES;
    this.limit = Math.min(limit, pairs);
    ring = new Echo[Math.min(FIRST_CAPACITY, this.limit)];
  }

  /** Requests that it can hold at the moment. */
  int capacity() {
    return ring.length;
  }

  /** Whether packets with that identifier are for us. */
  boolean isOurs(IpFamily family, int identifier) {
    return port.indexOf(family, identifier) >= 0;
  }

  /** A place for a new request, numbered; null when every place near is an open request's. */
  Echo claim(IpFamily family, long now) {
    for (int probe = 0; probe < MOST_PROBES; probe++) {
      int slot = (int) next & (ring.length - 1);
      Echo echo = ring[slot];
      if (echo == null) {
        echo = factory.get();
        ring[slot] = echo;
        return number(echo, family);
      }
      if (!isWanted(echo, now)) {
        return number(echo, family);
      }
      if (!grow()) {
        if (!echo.isOpen()) {
          return number(echo, family);
        }
        next++;
      }
    }
    return null;
  }

  /** The request that has that pair; null if the table does not know it, or not any more. */
  Echo find(IpFamily family, int identifier, int sequence) {
    int index = port.indexOf(family, identifier);
    if (index < 0) {
      return null;
    }
    int pair = index << 16 | sequence;
    Echo echo = ring[pair & (ring.length - 1)];
    return echo != null
            && ((int) echo.number & (pairs - 1)) == pair
            && echo.identifier == identifier
        ? echo
        : null;
  }

  /** The request whose number ends in those 32 bits; null if the table does not know it. */
  Echo find(int key) {
    Echo echo = ring[key & (ring.length - 1)];
    return echo != null && (int) echo.number == key ? echo : null;
  }

  private boolean isWanted(Echo echo, long now) {
    return echo.isOpen() || (ring.length < RECALL_CAPACITY && now - echo.settledAt < RECALL);
  }

  private Echo number(Echo echo, IpFamily family) {
    echo.number = next;
    echo.sequence = (int) next & (SEQUENCES - 1);
    echo.identifierIndex = (int) (next >>> 16) & (identifiers - 1);
    echo.identifier = Math.max(0, port.identifier(family, echo.identifierIndex));
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
