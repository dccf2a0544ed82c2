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
import java.lang.invoke.VarHandle;

/**
 * The C library's functions that sockets need. Each takes a segment of {@link #STATE} in which it
 * leaves errno, and returns -1 when it failed. None of them uses {@code Linker.Option.critical}: a
 * system call may block, and the garbage collector must not wait for it.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");

  /** Where errno is left. */
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SENDTO =
      handle("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      handle("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle PPOLL =
      handle("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle EVENTFD = handle("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle READ = handle("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      handle("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private Libc() {}

  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
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

  static long sendto(
      MemorySegment state, int fd, MemorySegment octets, long size, MemorySegment to, int toSize) {
    try {
      return (long) SENDTO.invokeExact(state, fd, octets, size, 0, to, toSize);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int recvmmsg(MemorySegment state, int fd, MemorySegment messages, int count, int flags) {
    try {
      return (int) RECVMMSG.invokeExact(state, fd, messages, count, flags, MemorySegment.NULL);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int ppoll(MemorySegment state, MemorySegment fds, long count, MemorySegment timeout) {
    try {
      return (int) PPOLL.invokeExact(state, fds, count, timeout, MemorySegment.NULL);
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
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
    return LINKER.downcallHandle(function, FunctionDescriptor.of(result, arguments), WITH_ERRNO);
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
