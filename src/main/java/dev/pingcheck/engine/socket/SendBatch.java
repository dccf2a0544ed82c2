package dev.pingcheck.engine.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packets of one family that are sent together. Its slots are filled one after another, sent with
 * {@link IcmpPort#send}, read for their outcome, and cleared. Slots are reused; nothing is
 * allocated unless a packet is greater than any before it. Not thread safe.
 */
public final class SendBatch {
  /** Packets in the greatest batch. */
  public static final int MOST_PACKETS = 64;

  private static final int FIRST_SIZE = 256;

  private final Slot[] slots;
  private int count;

  /**
   * @param capacity packets in a batch, 1 to {@link #MOST_PACKETS}
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
    private SendOptions options = SendOptions.DEFAULT;
    private int identifierIndex;
    private long key;
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
     * @param how the options
     * @param index of the identifier that stands in the packet
     * @param name what {@link SendNotices#key} shall tell
     */
    public void address(Peer to, SendOptions how, int index, long name) {
      peer = to;
      options = how;
      identifierIndex = index;
      key = name;
    }

    public int size() {
      return size;
    }

    public Peer peer() {
      return peer;
    }

    public SendOptions options() {
      return options;
    }

    public int identifierIndex() {
      return identifierIndex;
    }

    public long key() {
      return key;
    }

    /**
     * What became of it.
     *
     * @param what the outcome
     * @param nanos monotonic time right before the packet was handed over, as well as it is known
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
