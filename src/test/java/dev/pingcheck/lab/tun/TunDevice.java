package dev.pingcheck.lab.tun;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * The far end of a TUN device (kernel documentation, networking/tuntap): what the kernel sends
 * through it is read here, and what is written here the kernel receives, before the write returns.
 * Used by one thread.
 */
public final class TunDevice implements AutoCloseable {
  private static final int O_RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
  private static final long TUNSETIFF = 0x400454ca;
  private static final short IFF_TUN_NO_PI = 0x1001;
  private static final int IFREQ = 40;
  private static final int IFREQ_FLAGS = 16;
  private static final short POLLIN = 1;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int EINVAL = 22;
  private static final int LARGEST = 65_535;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN = variadic("open", JAVA_INT, 2, ADDRESS, JAVA_INT);
  private static final MethodHandle IOCTL =
      variadic("ioctl", JAVA_INT, 2, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle READ = plain("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = plain("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle PPOLL =
      plain("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle SETAFFINITY =
      plain("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle CLOSE = plain("close", JAVA_INT, JAVA_INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(STATE);
  private final MemorySegment buffer = arena.allocate(LARGEST, Long.BYTES);
  private final MemorySegment descriptor = arena.allocate(JAVA_LONG);
  private final MemorySegment timeout = arena.allocate(JAVA_LONG, 2);
  private final int fd;

  /**
   * Attaches to a device of this thread's network namespace, which is made if there is none.
   *
   * @throws IllegalStateException when that is not possible, with a sentence
   */
  public TunDevice(String name) {
    fd = open();
    MemorySegment request = arena.allocate(IFREQ, Long.BYTES);
    request.setString(0, name, StandardCharsets.US_ASCII);
    request.set(JAVA_SHORT, IFREQ_FLAGS, IFF_TUN_NO_PI);
    int result = (int) call(() -> (int) IOCTL.invokeExact(state, fd, TUNSETIFF, request));
    if (result < 0) {
      int errno = errno();
      close();
      throw new IllegalStateException(
          "no TUN device " + name + ": error " + errno + "; run this as root");
    }
    descriptor.set(JAVA_INT, 0, fd);
    descriptor.set(JAVA_SHORT, Integer.BYTES, POLLIN);
  }

  private int open() {
    MemorySegment path = arena.allocateFrom("/dev/net/tun");
    int opened = (int) call(() -> (int) OPEN.invokeExact(state, path, O_RDWR_NONBLOCK_CLOEXEC));
    if (opened < 0) {
      int errno = errno();
      arena.close();
      throw new IllegalStateException(
          "/dev/net/tun cannot be opened: error " + errno + "; the kernel needs its TUN driver");
    }
    return opened;
  }

  /** The next packet that the kernel sent, with its IP header; an empty one when there is none. */
  public byte[] read() {
    long length = call(() -> (long) READ.invokeExact(state, fd, buffer, (long) LARGEST));
    if (length >= 0) {
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }
    int errno = errno();
    if (errno == EAGAIN || errno == EINTR) {
      return new byte[0];
    }
    throw new IllegalStateException("reading the TUN device failed with error " + errno);
  }

  /** The kernel receives the packet, as far as it takes it for one. */
  public void write(byte[] packet) {
    MemorySegment.copy(packet, 0, buffer, JAVA_BYTE, 0, packet.length);
    long length;
    do {
      length = call(() -> (long) WRITE.invokeExact(state, fd, buffer, (long) packet.length));
    } while (length < 0 && (errno() == EINTR || errno() == EAGAIN));
    if (length < 0 && errno() != EINVAL) {
      throw new IllegalStateException("writing the TUN device failed with error " + errno());
    }
  }

  /**
   * Waits until there is a packet to read, or that time has passed.
   *
   * @param nanos at least 0
   */
  public void await(long nanos) {
    timeout.setAtIndex(JAVA_LONG, 0, nanos / 1_000_000_000L);
    timeout.setAtIndex(JAVA_LONG, 1, nanos % 1_000_000_000L);
    call(() -> (int) PPOLL.invokeExact(state, descriptor, 1L, timeout, MemorySegment.NULL));
  }

  @Override
  public void close() {
    call(() -> (int) CLOSE.invokeExact(state, fd));
    arena.close();
  }

  private int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  private interface Call {
    long invoke() throws Throwable;
  }

  /**
   * Keeps the calling thread on the first processor. What it writes goes through that processor's
   * backlog, so that two packets never overtake each other in the kernel.
   */
  void pinThread() {
    MemorySegment processors = arena.allocate(JAVA_LONG);
    processors.set(JAVA_LONG, 0, 1);
    call(() -> (int) SETAFFINITY.invokeExact(state, 0, (long) Long.BYTES, processors));
  }

  private static long call(Call call) {
    try {
      return call.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a system call could not be made", e);
    }
  }

  private static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(
      String name, MemoryLayout result, int fixed, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }
}
