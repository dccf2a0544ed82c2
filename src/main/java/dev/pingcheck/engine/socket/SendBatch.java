package dev.pingcheck.engine.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packets of one family that are sent together. Its slots are filled one after another, sent with
 * {@link IcmpPort#send}, read for their outcome, and cleared. Slots are reused; nothing is
 * allocated unless a packet is greater than any before it. Not thread safe.
 */
public final class SendBatch {
  private static final int FIRST_SIZE = 2048;

  private final Slot[] slots;
  private int count;

  /**
   * @param capacity packets in a batch, at least 1
   */
  public SendBatch(int capacity) {
    slots = new Slot[capacity];
    for (int i = 0; i < capacity; i++) {
      slots[i] = new Slot();
    }
  }

  public int count() {
    return count;
  }

  public boolean isFull() {
    return count == slots.length;
  }

  /** The slot that is filled next, with room for a packet of that many octets. */
  public Slot add(int size) {
    Slot slot = slots[count++];
    slot.outcome = SendOutcome.FAILED;
    slot.size = size;
    slot.reserve(size);
    return slot;
  }

  /**
   * @param index 0 to below {@link #count()}
   */
  public Slot slot(int index) {
    return slots[index];
  }

  public void clear() {
    count = 0;
  }

  /** One packet, how to send it, and what became of it. */
  public static final class Slot {
    private MemorySegment buffer = Arena.ofAuto().allocate(FIRST_SIZE, Long.BYTES);
    private int size;
    private Peer peer = new Peer(IpFamily.IPV4, 0, 0, 0);
    private int ttl;
    private int dscp;
    private boolean dontFragment;
    private SendOutcome outcome = SendOutcome.FAILED;
    private long sentAt;

    private void reserve(int octets) {
      if (octets > buffer.byteSize()) {
        buffer = Arena.ofAuto().allocate(octets, Long.BYTES);
      }
    }

    /** The octets of the ICMP message are written here; another segment after it had to grow. */
    public MemorySegment buffer() {
      return buffer;
    }

    /**
     * How to send it.
     *
     * @param to destination
     * @param timeToLive or hop limit, 1 to 255
     * @param codePoint differentiated services code point, 0 to 63
     * @param unfragmented whether it must not be fragmented
     */
    public void address(Peer to, int timeToLive, int codePoint, boolean unfragmented) {
      peer = to;
      ttl = timeToLive;
      dscp = codePoint;
      dontFragment = unfragmented;
    }

    public int size() {
      return size;
    }

    public Peer peer() {
      return peer;
    }

    public int ttl() {
      return ttl;
    }

    public int dscp() {
      return dscp;
    }

    public boolean dontFragment() {
      return dontFragment;
    }

    /**
     * What became of it.
     *
     * @param what the outcome
     * @param nanos monotonic time right before the packet was handed over
     */
    public void settle(SendOutcome what, long nanos) {
      outcome = what;
      sentAt = nanos;
    }

    public SendOutcome outcome() {
      return outcome;
    }

    public long sentAt() {
      return sentAt;
    }
  }
}
