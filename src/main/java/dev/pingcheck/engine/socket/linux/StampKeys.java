package dev.pingcheck.engine.socket.linux;

/**
 * How send stamps of one socket are told apart. Since Linux 6.13 a packet can name the number that
 * its stamp bears. Before that the kernel counts the packets that ask for a stamp, so that whoever
 * knows the order knows which it is; a packet that failed may have been counted or not, and the
 * counting has to start anew.
 */
final class StampKeys {
  private static final int REMEMBERED = 1 << 12;

  private final int[] keys = new int[REMEMBERED];
  private boolean explicit = true;
  private int next;
  private long pending;

  /** Whether packets name their numbers themselves. */
  boolean areExplicit() {
    return explicit;
  }

  /** This kernel does not know how to do that. */
  void count() {
    explicit = false;
    restart();
  }

  /** The kernel counts from 0 again. */
  void restart() {
    next = 0;
    pending = 0;
  }

  /** A packet that asks for a stamp was sent. */
  void sent(long key) {
    pending++;
    if (!explicit) {
      keys[next++ & (REMEMBERED - 1)] = (int) key;
    }
  }

  /** Whether stamps are still to come, or never will. */
  boolean arePending() {
    return pending > 0;
  }

  /** The key of the packet whose stamp bears that number. */
  int told(int number) {
    pending = Math.max(0, pending - 1);
    return explicit ? number : keys[number & (REMEMBERED - 1)];
  }
}
