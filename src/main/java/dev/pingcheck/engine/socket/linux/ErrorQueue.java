package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendNotices;
import java.lang.foreign.MemorySegment;

/**
 * Reads a socket's error queue: send stamps (kernel documentation, networking/timestamping) and,
 * for ping sockets, ICMP errors (man 7 ip, IP_RECVERR; struct sock_extended_err).
 */
final class ErrorQueue implements SendNotices, AutoCloseable {
  private static final int SLOTS = 128;
  private static final int CONTROL_ROOM = 256;

  /** An ICMP header, and of its payload what we look at, and more. */
  private static final int QUOTE_ROOM = 128;

  private static final int EXTENDED_ERROR = 16;
  private static final int ORIGIN = 4;
  private static final int TYPE = 5;
  private static final int CODE = 6;
  private static final int INFO = 8;
  private static final int DATA = 12;

  private static final byte NOTHING = 0;
  private static final byte STAMP = 1;
  private static final byte ERROR = 2;

  private final IpFamily family;
  private final MessageSlots slots = new MessageSlots(SLOTS, CONTROL_ROOM);
  private final MemorySegment[] quotes = new MemorySegment[SLOTS];
  private final int[] order = new int[SLOTS];
  private final byte[] kinds = new byte[SLOTS];
  private final long[] stamps = new long[SLOTS];
  private final long[] errors = new long[SLOTS];
  private final int[] keys = new int[SLOTS];
  private int received;
  private int used;
  private int count;

  ErrorQueue(IpFamily family) {
    this.family = family;
    for (int i = 0; i < SLOTS; i++) {
      quotes[i] = slots.allocate(QUOTE_ROOM);
      slots.vector(i, quotes[i].address(), QUOTE_ROOM);
    }
    used = SLOTS;
  }

  /** Takes what waits; a stamp's number is turned into the key of its packet. */
  void read(int fd, StampKeys stampKeys) {
    slots.makeRoom(0, used);
    received = Math.max(0, slots.receive(fd, SocketOptions.MSG_ERRQUEUE));
    used = Math.min(SLOTS, received + 1);
    count = 0;
    for (int i = 0; i < received; i++) {
      readControls(i);
      if (kinds[i] == STAMP) {
        keys[i] = stampKeys.told(keys[i]);
      }
      if (kinds[i] != NOTHING) {
        order[count++] = i;
      }
    }
  }

  void nothing() {
    count = 0;
    received = 0;
  }

  /** Whether there are ICMP errors among them. */
  boolean hasErrors() {
    for (int i = 0; i < count; i++) {
      if (!isStamp(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there may be more than there was room for. */
  boolean isFull() {
    return received == SLOTS;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean isStamp(int index) {
    return kinds[order[index]] == STAMP;
  }

  @Override
  public int key(int index) {
    return keys[order[index]];
  }

  @Override
  public long kernelStamp(int index) {
    return stamps[order[index]];
  }

  @Override
  public int type(int index) {
    return Byte.toUnsignedInt(slots.controls.get(JAVA_BYTE, errors[order[index]] + TYPE));
  }

  @Override
  public int code(int index) {
    return Byte.toUnsignedInt(slots.controls.get(JAVA_BYTE, errors[order[index]] + CODE));
  }

  @Override
  public int mtu(int index) {
    return slots.controls.get(JAVA_INT, errors[order[index]] + INFO);
  }

  @Override
  public long offenderHigh(int index) {
    return SocketName.high(family, slots.controls, errors[order[index]] + EXTENDED_ERROR);
  }

  @Override
  public long offenderLow(int index) {
    return SocketName.low(family, slots.controls, errors[order[index]] + EXTENDED_ERROR);
  }

  @Override
  public long destinationHigh(int index) {
    return SocketName.high(family, slots.names, slots.nameAt(order[index]));
  }

  @Override
  public long destinationLow(int index) {
    return SocketName.low(family, slots.names, slots.nameAt(order[index]));
  }

  @Override
  public MemorySegment octets(int index) {
    return quotes[order[index]];
  }

  @Override
  public int length(int index) {
    return slots.length(order[index]);
  }

  private void readControls(int index) {
    kinds[index] = NOTHING;
    stamps[index] = 0;
    MemorySegment controls = slots.controls;
    long end = slots.controlEnd(index);
    long at = slots.controlAt(index);
    long length;
    while ((length = Cmsg.length(controls, at, end)) != 0) {
      readControl(index, controls, at, length - Cmsg.HEADER);
      at = Cmsg.next(at, length);
    }
  }

  private void readControl(int index, MemorySegment controls, long at, long size) {
    long data = at + Cmsg.HEADER;
    int type = Cmsg.type(controls, at);
    if (Cmsg.level(controls, at) == SocketOptions.SOL_SOCKET) {
      if (type == SocketOptions.SO_TIMESTAMPING && size >= 2 * Long.BYTES) {
        stamps[index] = ReceiveRing.stamp(controls, data);
      }
    } else if ((type == SocketOptions.IP_RECVERR || type == SocketOptions.IPV6_RECVERR)
        && size >= EXTENDED_ERROR) {
      readError(index, controls, data, size);
    }
  }

  private void readError(int index, MemorySegment controls, long data, long size) {
    int origin = controls.get(JAVA_BYTE, data + ORIGIN);
    if (origin == SocketOptions.ORIGIN_TIMESTAMPING) {
      kinds[index] = STAMP;
      keys[index] = controls.get(JAVA_INT, data + DATA);
    } else if ((origin == SocketOptions.ORIGIN_ICMP || origin == SocketOptions.ORIGIN_ICMP6)
        && size >= EXTENDED_ERROR + SocketName.size(family)) {
      kinds[index] = ERROR;
      errors[index] = data;
    }
  }

  @Override
  public void close() {
    slots.close();
  }
}
