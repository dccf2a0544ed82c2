package dev.pingcheck.capture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The newest packets, as many as fit and none that is too old. Not thread safe. */
final class PacketRing {

  /** Packets come nearly in the order of their times; not more than that out of it. */
  private static final long DISORDER = Duration.ofSeconds(1).toNanos();

  private final long room;
  private final long age;
  private final Deque<CapturedPacket> packets = new ArrayDeque<>();
  private long weight;
  private long evicted;

  /**
   * @param room octets of memory
   * @param age how long a packet stays at most
   */
  PacketRing(long room, Duration age) {
    this.room = room;
    this.age = age.toNanos();
  }

  void add(CapturedPacket packet) {
    packets.addLast(packet);
    weight += packet.weight();
    while (weight > room) {
      removeFirst();
      evicted++;
    }
    forgetOld(packet.raw().epochNanos());
  }

  /** Lets go what is too old at a time, in nanoseconds since the epoch. */
  void forgetOld(long now) {
    while (!packets.isEmpty() && now - packets.getFirst().raw().epochNanos() > age) {
      removeFirst();
    }
  }

  private void removeFirst() {
    weight -= packets.removeFirst().weight();
  }

  /** What came from a time on, in nanoseconds since the epoch, in the order in which it came. */
  List<CapturedPacket> since(long from) {
    List<CapturedPacket> found = new ArrayList<>();
    Iterator<CapturedPacket> newestFirst = packets.descendingIterator();
    while (newestFirst.hasNext()) {
      CapturedPacket packet = newestFirst.next();
      if (packet.raw().epochNanos() < from - DISORDER) {
        break;
      }
      found.add(packet);
    }
    Collections.reverse(found);
    return found;
  }

  /** Octets of memory that the packets take. */
  long weight() {
    return weight;
  }

  /** Packets that had to go because there was no room. */
  long evicted() {
    return evicted;
  }

  void clear() {
    packets.clear();
    weight = 0;
  }
}
