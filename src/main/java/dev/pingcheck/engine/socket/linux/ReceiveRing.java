package dev.pingcheck.engine.socket.linux;

import static dev.pingcheck.engine.socket.linux.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.ReceivedPackets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The structures of recvmmsg, allocated once, and the view of what it wrote into them. */
final class ReceiveRing implements ReceivedPackets, AutoCloseable {
  private static final long MSG = Structs.MMSGHDR.byteSize();
  private static final long NAME_LENGTH = offset(Structs.MMSGHDR, "nameLength");
  private static final long CONTROL_LENGTH = offset(Structs.MMSGHDR, "controlLength");
  private static final long FLAGS = offset(Structs.MMSGHDR, "flags");
  private static final long LENGTH = offset(Structs.MMSGHDR, "length");
  private static final long CMSG_LEVEL = offset(Structs.CMSGHDR, "level");
  private static final long CMSG_TYPE = offset(Structs.CMSGHDR, "type");
  private static final long CMSG_DATA = Structs.CMSGHDR.byteSize();
  private static final long IPV4_ADDRESS = offset(Structs.SOCKADDR_IN, "address");
  private static final long IPV6_ADDRESS = offset(Structs.SOCKADDR_IN6, "address");
  private static final long IPV6_SCOPE = offset(Structs.SOCKADDR_IN6, "scope");
  private static final int NAME_ROOM = 32;
  private static final int CONTROL_ROOM = 128;
  private static final int MOST_SLOTS = 64;
  private static final int MOST_OCTETS = 1 << 20;

  private final IpFamily family;
  private final Arena arena = Arena.ofShared();
  private final int slots;
  private final MemorySegment messages;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final MemorySegment[] buffers;
  private int count;
  private int used;
  private boolean broken;
  private boolean drained;

  /**
   * @param packetSize room for one packet, in octets
   */
  ReceiveRing(IpFamily family, int packetSize) {
    this.family = family;
    slots = Math.clamp(MOST_OCTETS / packetSize, 4, MOST_SLOTS);
    messages = arena.allocate(Structs.MMSGHDR, slots);
    names = arena.allocate((long) NAME_ROOM * slots, Long.BYTES);
    controls = arena.allocate((long) CONTROL_ROOM * slots, Long.BYTES);
    MemorySegment vectors = arena.allocate(Structs.IOVEC, slots);
    buffers = new MemorySegment[slots];
    for (int i = 0; i < slots; i++) {
      buffers[i] = arena.allocate(packetSize, Long.BYTES);
      MemorySegment vector = vectors.asSlice(i * Structs.IOVEC.byteSize(), Structs.IOVEC);
      vector.set(ADDRESS, offset(Structs.IOVEC, "base"), buffers[i]);
      vector.set(JAVA_LONG, offset(Structs.IOVEC, "length"), packetSize);
      long at = i * MSG;
      messages.set(ADDRESS, at + offset(Structs.MMSGHDR, "name"), name(i));
      messages.set(ADDRESS, at + offset(Structs.MMSGHDR, "iov"), vector);
      messages.set(JAVA_LONG, at + offset(Structs.MMSGHDR, "iovLength"), 1);
      messages.set(ADDRESS, at + offset(Structs.MMSGHDR, "control"), control(i));
    }
    used = slots;
  }

  /** Receives as much as there is and fits; on failure {@link #isBroken} tells whether for good. */
  ReceiveRing receive(MemorySegment state, int fd) {
    for (int i = 0; i < used; i++) {
      messages.set(JAVA_INT, i * MSG + NAME_LENGTH, NAME_ROOM);
      messages.set(JAVA_LONG, i * MSG + CONTROL_LENGTH, CONTROL_ROOM);
    }
    int result;
    int errno;
    do {
      result = Libc.recvmmsg(state, fd, messages, slots, SocketOptions.MSG_DONTWAIT);
      errno = result < 0 ? Libc.errno(state) : 0;
    } while (errno == Errno.EINTR);
    count = Math.max(0, result);
    // The slot behind the last packet may have been touched as well.
    used = Math.min(slots, count + 1);
    broken = Errno.isFatal(errno);
    // A pending error of the socket comes instead of the packets behind it.
    drained = broken || errno == Errno.EAGAIN || (errno == 0 && count < slots);
    return this;
  }

  /** What a family without a socket has received. */
  ReceiveRing nothing() {
    count = 0;
    broken = false;
    drained = true;
    return this;
  }

  @Override
  public int count() {
    return count;
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
  public MemorySegment octets(int index) {
    return buffers[index];
  }

  @Override
  public int length(int index) {
    return messages.get(JAVA_INT, index * MSG + LENGTH);
  }

  @Override
  public boolean isCutOff(int index) {
    return (messages.get(JAVA_INT, index * MSG + FLAGS) & SocketOptions.MSG_TRUNC) != 0;
  }

  @Override
  public long sourceHigh(int index) {
    return family == IpFamily.IPV4
        ? 0
        : names.get(Structs.NET_LONG, (long) index * NAME_ROOM + IPV6_ADDRESS);
  }

  @Override
  public long sourceLow(int index) {
    long at = (long) index * NAME_ROOM;
    return family == IpFamily.IPV4
        ? Integer.toUnsignedLong(names.get(Structs.NET_INT, at + IPV4_ADDRESS))
        : names.get(Structs.NET_LONG, at + IPV6_ADDRESS + Long.BYTES);
  }

  @Override
  public int sourceScope(int index) {
    return family == IpFamily.IPV4 ? 0 : names.get(JAVA_INT, (long) index * NAME_ROOM + IPV6_SCOPE);
  }

  @Override
  public int hopLimit(int index) {
    long data = findControl(index, SocketOptions.SOL_IPV6, SocketOptions.IPV6_HOPLIMIT, 4);
    return data < 0 ? -1 : controls.get(JAVA_INT, data);
  }

  @Override
  public long kernelStamp(int index) {
    long data = findControl(index, SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPNS, 16);
    return data < 0
        ? 0
        : controls.get(JAVA_LONG, data) * 1_000_000_000L + controls.get(JAVA_LONG, data + 8);
  }

  /** Where the data of a control message starts (man 3 cmsg), or -1 if there is none. */
  private long findControl(int index, int level, int type, int size) {
    long at = (long) index * CONTROL_ROOM;
    long end = at + Math.min(CONTROL_ROOM, messages.get(JAVA_LONG, index * MSG + CONTROL_LENGTH));
    while (end - at >= CMSG_DATA) {
      long length = controls.get(JAVA_LONG, at);
      if (length < CMSG_DATA || length > end - at) {
        return -1;
      }
      if (controls.get(JAVA_INT, at + CMSG_LEVEL) == level
          && controls.get(JAVA_INT, at + CMSG_TYPE) == type
          && length >= CMSG_DATA + size) {
        return at + CMSG_DATA;
      }
      at += (length + 7) & ~7L;
    }
    return -1;
  }

  private MemorySegment name(int index) {
    return names.asSlice((long) index * NAME_ROOM, NAME_ROOM);
  }

  private MemorySegment control(int index) {
    return controls.asSlice((long) index * CONTROL_ROOM, CONTROL_ROOM);
  }

  @Override
  public void close() {
    arena.close();
  }
}
