package dev.pingcheck.engine.socket.linux;

import static dev.pingcheck.engine.socket.linux.Structs.offset;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The structures of sendmmsg and recvmmsg for a fixed number of messages: each has a name, one
 * vector and room for control messages. Allocated once.
 */
final class MessageSlots implements AutoCloseable {
  static final int NAME_ROOM = 32;

  private static final long MSG = Structs.MMSGHDR.byteSize();
  private static final long NAME = offset(Structs.MMSGHDR, "name");
  private static final long NAME_LENGTH = offset(Structs.MMSGHDR, "nameLength");
  private static final long IOV = offset(Structs.MMSGHDR, "iov");
  private static final long IOV_LENGTH = offset(Structs.MMSGHDR, "iovLength");
  private static final long CONTROL = offset(Structs.MMSGHDR, "control");
  private static final long CONTROL_LENGTH = offset(Structs.MMSGHDR, "controlLength");
  private static final long FLAGS = offset(Structs.MMSGHDR, "flags");
  private static final long LENGTH = offset(Structs.MMSGHDR, "length");
  private static final long VECTOR = Structs.IOVEC.byteSize();
  private static final long BASE = offset(Structs.IOVEC, "base");
  private static final long SIZE = offset(Structs.IOVEC, "length");

  final MemorySegment names;
  final MemorySegment controls;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment messages;
  private final MemorySegment vectors;
  private final int count;
  private final int controlRoom;

  MessageSlots(int count, int controlRoom) {
    this.count = count;
    this.controlRoom = controlRoom;
    messages = arena.allocate(Structs.MMSGHDR, count);
    names = arena.allocate((long) NAME_ROOM * count, Long.BYTES);
    controls = arena.allocate((long) controlRoom * count, Long.BYTES);
    vectors = arena.allocate(Structs.IOVEC, count);
    for (int i = 0; i < count; i++) {
      messages.set(JAVA_LONG, i * MSG + NAME, names.address() + nameAt(i));
      messages.set(JAVA_LONG, i * MSG + IOV, vectors.address() + i * VECTOR);
      messages.set(JAVA_LONG, i * MSG + IOV_LENGTH, 1);
      messages.set(JAVA_LONG, i * MSG + CONTROL, controls.address() + controlAt(i));
    }
  }

  int count() {
    return count;
  }

  /** Memory that lives as long as this. */
  MemorySegment allocate(long size) {
    return arena.allocate(size, Long.BYTES);
  }

  long nameAt(int index) {
    return (long) index * NAME_ROOM;
  }

  long controlAt(int index) {
    return (long) index * controlRoom;
  }

  /** Where the octets of a message are read or written. */
  void vector(int index, long address, long size) {
    vectors.set(JAVA_LONG, index * VECTOR + BASE, address);
    vectors.set(JAVA_LONG, index * VECTOR + SIZE, size);
  }

  /** Makes the slots behind {@code from} ready to be received into. */
  void makeRoom(int from, int to) {
    for (int i = from; i < to; i++) {
      messages.set(JAVA_INT, i * MSG + NAME_LENGTH, NAME_ROOM);
      messages.set(JAVA_LONG, i * MSG + CONTROL_LENGTH, controlRoom);
    }
  }

  void nameLength(int index, int octets) {
    messages.set(JAVA_INT, index * MSG + NAME_LENGTH, octets);
  }

  /**
   * Which control messages go with a message.
   *
   * @param skipped octets at the start of its room that are left out
   * @param length octets behind those
   */
  void control(int index, int skipped, int length) {
    messages.set(JAVA_LONG, index * MSG + CONTROL, controls.address() + controlAt(index) + skipped);
    messages.set(JAVA_LONG, index * MSG + CONTROL_LENGTH, length);
  }

  /** Where the control messages of a received message end. */
  long controlEnd(int index) {
    long length = messages.get(JAVA_LONG, index * MSG + CONTROL_LENGTH);
    return controlAt(index) + Math.min(controlRoom, length);
  }

  /** The octets that were received. */
  int length(int index) {
    return messages.get(JAVA_INT, index * MSG + LENGTH);
  }

  boolean isCutOff(int index) {
    return (messages.get(JAVA_INT, index * MSG + FLAGS) & SocketOptions.MSG_TRUNC) != 0;
  }

  /**
   * Sends messages from {@code from} to below {@code to}.
   *
   * @return how many were sent, or -1
   */
  int send(int fd, int from, int to) {
    return Libc.sendmmsg(fd, messages.address() + from * MSG, to - from);
  }

  /** The same; errno is left in {@code state} if it is -1. */
  int send(MemorySegment state, int fd, int from, int to) {
    return Libc.sendmmsg(state, fd, messages.address() + from * MSG, to - from);
  }

  /**
   * Receives as many messages as there are, without waiting.
   *
   * @return how many, or -1
   */
  int receive(int fd, int flags) {
    return Libc.recvmmsg(fd, messages.address(), count, flags | SocketOptions.MSG_DONTWAIT);
  }

  /** The same; errno is left in {@code state} if it is -1. */
  int receive(MemorySegment state, int fd, int flags) {
    int all = flags | SocketOptions.MSG_DONTWAIT;
    return Libc.recvmmsg(state, fd, messages.address(), count, all);
  }

  @Override
  public void close() {
    arena.close();
  }
}
