package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's functions that sockets need. They return -1 when they failed, and those that take
 * a segment of {@link #STATE} leave errno in it. None of them uses {@code Linker.Option.critical}:
 * a system call may block, and the garbage collector must not wait for it.
 *
 * <p>Those that are called for each batch of packets take addresses as numbers, and no errno: both
 * would cost an object a call. Their callers keep the memory alive, and ask for the errno by
 * calling again.
 */
final class Libc {
  /** Where errno is left. */
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      handle("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CONNECT =
      handle("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      handle("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SENDMMSG =
      handle("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      handle("recvmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SENDMMSG_QUICK =
      quick("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECVMMSG_QUICK =
      quick("recvmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle PPOLL =
      quick("ppoll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle CLOCK_GETTIME =
      quick("clock_gettime", JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle EVENTFD = handle("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle READ = handle("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      handle("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private Libc() {}

  static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO);
  }

  static int socket(MemorySegment state, int domain, int type, int protocol) {
    try {
      return (int) SOCKET.invokeExact(state, domain, type, protocol);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int close(MemorySegment state, int fd) {
    try {
      return (int) CLOSE.invokeExact(state, fd);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int setsockopt(MemorySegment state, int fd, int level, int name, MemorySegment value) {
    try {
      return (int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * The length of {@code value} stands in {@code size} before, and how much of it was written
   * after.
   */
  static int getsockopt(
      MemorySegment state, int fd, int level, int name, MemorySegment value, MemorySegment size) {
    try {
      return (int) GETSOCKOPT.invokeExact(state, fd, level, name, value, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int bind(MemorySegment state, int fd, MemorySegment name) {
    try {
      return (int) BIND.invokeExact(state, fd, name, (int) name.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int connect(MemorySegment state, int fd, MemorySegment name) {
    try {
      return (int) CONNECT.invokeExact(state, fd, name, (int) name.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int getsockname(MemorySegment state, int fd, MemorySegment name, MemorySegment size) {
    try {
      return (int) GETSOCKNAME.invokeExact(state, fd, name, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int sendmmsg(MemorySegment state, int fd, long messages, int count) {
    try {
      return (int) SENDMMSG.invokeExact(state, fd, messages, count, 0);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int recvmmsg(MemorySegment state, int fd, long messages, int count, int flags) {
    try {
      return (int) RECVMMSG.invokeExact(state, fd, messages, count, flags, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int sendmmsg(int fd, long messages, int count) {
    try {
      return (int) SENDMMSG_QUICK.invokeExact(fd, messages, count, 0);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int recvmmsg(int fd, long messages, int count, int flags) {
    try {
      return (int) RECVMMSG_QUICK.invokeExact(fd, messages, count, flags, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int ppoll(long fds, long count, long timeout) {
    try {
      return (int) PPOLL.invokeExact(fds, count, timeout, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int clockGettime(int clock, long time) {
    try {
      return (int) CLOCK_GETTIME.invokeExact(clock, time);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int eventfd(MemorySegment state, int flags) {
    try {
      return (int) EVENTFD.invokeExact(state, 0, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long read(MemorySegment state, int fd, MemorySegment into) {
    try {
      return (long) READ.invokeExact(state, fd, into, into.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long write(MemorySegment state, int fd, MemorySegment from) {
    try {
      return (long) WRITE.invokeExact(state, fd, from, from.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Downcalls.withErrno(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle quick(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Downcalls.plain(name, FunctionDescriptor.of(result, arguments));
  }

  /** A downcall itself throws only for a wrong argument: a fault of this package. */
  private static RuntimeException broken(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a system call could not be made", e);
  }

  /** The size that a layout must have; a mistake in one is found before it corrupts memory. */
  static <T extends MemoryLayout> T sized(T layout, long size) {
    if (layout.byteSize() != size) {
      throw new IllegalStateException(
          layout + " has " + layout.byteSize() + " octets, not " + size);
    }
    return layout;
  }

  /** A 64-bit machine is taken for granted: the layouts of this package are those of LP64. */
  static {
    sized(ADDRESS, 8);
    sized(ValueLayout.JAVA_LONG, 8);
  }
}
