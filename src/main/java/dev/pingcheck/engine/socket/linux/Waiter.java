package dev.pingcheck.engine.socket.linux;

import static dev.pingcheck.engine.socket.linux.Structs.offset;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Waits in ppoll for sockets, for a time, or for another thread, which writes to an eventfd. */
final class Waiter implements AutoCloseable {
  private static final int DESCRIPTORS = 3;
  private static final long POLLFD = Structs.POLLFD.byteSize();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.STATE);
  private final MemorySegment wakerState = arena.allocate(Libc.STATE);
  private final MemorySegment descriptors = arena.allocate(Structs.POLLFD, DESCRIPTORS);
  private final MemorySegment timeout = arena.allocate(Structs.TIMESPEC);
  private final MemorySegment counter = arena.allocate(JAVA_LONG);
  private final MemorySegment one = arena.allocate(JAVA_LONG);
  private final int eventFd;
  private boolean closed;

  Waiter() {
    eventFd = Libc.eventfd(state, SocketOptions.EFD_NONBLOCK | SocketOptions.EFD_CLOEXEC);
    if (eventFd < 0) {
      int errno = Libc.errno(state);
      arena.close();
      throw new IllegalStateException("no eventfd: error " + errno);
    }
    one.set(JAVA_LONG, 0, 1);
    for (int i = 0; i < DESCRIPTORS; i++) {
      descriptors.set(
          JAVA_SHORT, i * POLLFD + offset(Structs.POLLFD, "events"), SocketOptions.POLLIN);
    }
    descriptors.set(JAVA_INT, 2 * POLLFD, eventFd);
  }

  /** Descriptors below 0 are left out, by ppoll itself. A signal ends the wait early. */
  void await(int fd, int otherFd, long nanos) {
    descriptors.set(JAVA_INT, 0, fd);
    descriptors.set(JAVA_INT, POLLFD, otherFd);
    timeout.set(JAVA_LONG, 0, nanos / 1_000_000_000L);
    timeout.set(JAVA_LONG, 8, nanos % 1_000_000_000L);
    Libc.ppoll(state, descriptors, DESCRIPTORS, timeout);
    if (descriptors.get(JAVA_SHORT, 2 * POLLFD + offset(Structs.POLLFD, "revents")) != 0) {
      Libc.read(state, eventFd, counter);
    }
  }

  /** The lock keeps the number of a closed descriptor, which may be another's by then, unused. */
  synchronized void wakeUp() {
    if (!closed) {
      Libc.write(wakerState, eventFd, one);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.close(state, eventFd);
      arena.close();
    }
  }
}
