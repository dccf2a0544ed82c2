package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.ReceivedPackets;
import java.lang.foreign.MemorySegment;

/** Receives packets by recvmmsg, and is the view of what came. */
final class ReceiveRing implements ReceivedPackets, AutoCloseable {
  private static final int CONTROL_ROOM = 160;
  private static final int MOST_SLOTS = 64;
  private static final int MOST_OCTETS = 1 << 20;
  private static final long UNKNOWN = -1;

  private final IpFamily family;
  private final boolean ipHeader;
  private final MessageSlots slots;
  private final MemorySegment[] buffers;
  private final long[] stamps;
  private final int[] hops;
  private long overflow;
  private int socket;
  private int count;
  private int used;
  private boolean broken;
  private boolean empty;
  private boolean drained = true;

  /**
   * @param ipHeader whether packets come with their IP header
   * @param packetSize room for one packet, in octets
   */
  ReceiveRing(IpFamily family, boolean ipHeader, int packetSize) {
    this.family = family;
    this.ipHeader = ipHeader;
    int number = Math.clamp(MOST_OCTETS / packetSize, 4, MOST_SLOTS);
    slots = new MessageSlots(number, CONTROL_ROOM);
    buffers = new MemorySegment[number];
    stamps = new long[number];
    hops = new int[number];
    for (int i = 0; i < number; i++) {
      buffers[i] = slots.allocate(packetSize);
      slots.vector(i, buffers[i].address(), packetSize);
    }
    used = number;
  }

  /** Receives as much as there is and fits; on failure {@link #isBroken} tells whether for good. */
  void receive(MemorySegment state, int fd) {
    slots.makeRoom(0, used);
    int result = slots.receive(fd, 0);
    int errno = 0;
    while (result < 0 && (errno == 0 || errno == Errno.EINTR)) {
      result = slots.receive(state, fd, 0);
      errno = result < 0 ? Libc.errno(state) : 0;
    }
    broken = Errno.isFatal(errno);
    empty = errno == Errno.EAGAIN;
    // A pending error of the socket comes instead of the packets behind it.
    drained = broken || errno == Errno.EAGAIN || (errno == 0 && result < slots.count());
    take(Math.max(0, result));
  }

  /** Receives what may have been left; if that fails, ppoll will find why. */
  void receiveMore(int fd) {
    slots.makeRoom(0, used);
    int result = slots.receive(fd, 0);
    broken = false;
    empty = false;
    drained = result < slots.count();
    take(Math.max(0, result));
  }

  private void take(int packets) {
    count = packets;
    // The slot behind the last packet may have been touched as well.
    used = Math.min(slots.count(), count + 1);
    overflow = UNKNOWN;
    for (int i = 0; i < count; i++) {
      readControls(i);
    }
  }

  /** What a family without a socket has received. */
  void nothing() {
    count = 0;
    empty = false;
    broken = false;
    drained = true;
    overflow = UNKNOWN;
  }

  /** Whether the kernel has said that nothing waits; fewer packets than fit need not mean it. */
  boolean isEmpty() {
    return empty;
  }

  /** More sockets of the family are still to be looked at. */
  void notYetDrained() {
    drained = false;
  }

  /** How many packets the socket has had no room for, modulo 2^32; negative if not known. */
  long overflow() {
    return overflow;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int socket() {
    return socket;
  }

  /** Says which socket is read next. */
  void from(int index) {
    socket = index;
  }

  @Override
  public boolean isDrained() {
    return drained;
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  @Override
  public boolean hasIpHeader() {
    return ipHeader;
  }

  @Override
  public MemorySegment octets(int index) {
    return buffers[index];
  }

  @Override
  public int length(int index) {
    return slots.length(index);
  }

  @Override
  public boolean isCutOff(int index) {
    return slots.isCutOff(index);
  }

  @Override
  public long sourceHigh(int index) {
    return SocketName.high(family, slots.names, slots.nameAt(index));
  }

  @Override
  public long sourceLow(int index) {
    return SocketName.low(family, slots.names, slots.nameAt(index));
  }

  @Override
  public int sourceScope(int index) {
    return SocketName.scope(family, slots.names, slots.nameAt(index));
  }

  @Override
  public int timeToLive(int index) {
    return hops[index];
  }

  @Override
  public long kernelStamp(int index) {
    return stamps[index];
  }

  private void readControls(int index) {
    stamps[index] = 0;
    hops[index] = (int) UNKNOWN;
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
        stamps[index] = stamp(controls, data);
      } else if (type == SocketOptions.SO_RXQ_OVFL && size >= Integer.BYTES) {
        overflow = Integer.toUnsignedLong(controls.get(JAVA_INT, data));
      }
    } else if ((type == SocketOptions.IP_TTL || type == SocketOptions.IPV6_HOPLIMIT)
        && size >= Integer.BYTES) {
      hops[index] = controls.get(JAVA_INT, data);
    }
  }

  /** The first of the three times is the software stamp, a struct timespec. */
  static long stamp(MemorySegment controls, long data) {
    return controls.get(JAVA_LONG, data) * 1_000_000_000L
        + controls.get(JAVA_LONG, data + Long.BYTES);
  }

  @Override
  public void close() {
    slots.close();
  }
}
