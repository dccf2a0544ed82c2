package dev.pingcheck.page.history;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Room for so many slots outside of the heap, taken from the system as they are needed. A slot
 * takes 24 octets, four of them for the number of the next one of its check.
 *
 * <p>Not thread safe.
 */
final class SlotPool {
  static final int NOTHING = -1;
  static final int OCTETS = 24;

  /** Sent and lost have three octets each. */
  static final int MOST_COUNT = (1 << 24) - 1;

  private static final int SLAB = 4096;
  private static final int START = 4;
  private static final int SENT = 8;
  private static final int LOST = 11;
  private static final int RTT = 14;

  private final List<ByteBuffer> slabs = new ArrayList<>();
  private final int capacity;
  private int fresh;
  private int free = NOTHING;
  private int taken;

  /**
   * @param octets the most that all slots together may take
   */
  SlotPool(int octets) {
    capacity = octets / OCTETS;
  }

  int capacity() {
    return capacity;
  }

  /** How many slots are taken. */
  int taken() {
    return taken;
  }

  /** The number of a slot that nobody has, or {@link #NOTHING}. */
  int take() {
    int number = free;
    if (number != NOTHING) {
      free = next(number);
    } else if (fresh < capacity) {
      number = fresh++;
      if (number / SLAB == slabs.size()) {
        slabs.add(ByteBuffer.allocateDirect(Math.min(SLAB, capacity - number) * OCTETS));
      }
    } else {
      return NOTHING;
    }
    taken++;
    next(number, NOTHING);
    return number;
  }

  void give(int number) {
    next(number, free);
    free = number;
    taken--;
  }

  int next(int number) {
    return slab(number).getInt(at(number));
  }

  void next(int number, int next) {
    slab(number).putInt(at(number), next);
  }

  long start(int number) {
    return Integer.toUnsignedLong(slab(number).getInt(at(number) + START));
  }

  Slot read(int number) {
    ByteBuffer slab = slab(number);
    int at = at(number);
    return new Slot(start(number), count(slab, at + SENT), count(slab, at + LOST), rtt(slab, at));
  }

  void write(int number, Slot slot) {
    ByteBuffer slab = slab(number);
    int at = at(number);
    slab.putInt(at + START, (int) slot.start());
    count(slab, at + SENT, slot.sent());
    count(slab, at + LOST, slot.lost());
    long[] times =
        slot.rtt()
            .map(s -> new long[] {s.min(), s.lower(), s.median(), s.upper(), s.max()})
            .orElse(new long[0]);
    for (int i = 0; i < 5; i++) {
      int code = times.length == 0 ? RttCode.NONE : RttCode.of(times[i]);
      slab.putShort(at + RTT + 2 * i, (short) code);
    }
  }

  private static Optional<Spread> rtt(ByteBuffer slab, int at) {
    return code(slab, at, 0) == RttCode.NONE
        ? Optional.empty()
        : Optional.of(
            new Spread(
                RttCode.nanos(code(slab, at, 0)),
                RttCode.nanos(code(slab, at, 1)),
                RttCode.nanos(code(slab, at, 2)),
                RttCode.nanos(code(slab, at, 3)),
                RttCode.nanos(code(slab, at, 4))));
  }

  private static int code(ByteBuffer slab, int at, int which) {
    return Short.toUnsignedInt(slab.getShort(at + RTT + 2 * which));
  }

  private static int count(ByteBuffer slab, int at) {
    return Short.toUnsignedInt(slab.getShort(at)) << 8 | Byte.toUnsignedInt(slab.get(at + 2));
  }

  private static void count(ByteBuffer slab, int at, int count) {
    int most = Math.min(count, MOST_COUNT);
    slab.putShort(at, (short) (most >> 8)).put(at + 2, (byte) most);
  }

  private ByteBuffer slab(int number) {
    return slabs.get(number / SLAB);
  }

  private static int at(int number) {
    return number % SLAB * OCTETS;
  }
}
