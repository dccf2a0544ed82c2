package dev.pingcheck.engine.socket.linux;

import static dev.pingcheck.engine.socket.linux.Structs.offset;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Waits in ppoll for sockets, for a time, or for another thread, which writes to an eventfd. */
final class Waiter implements AutoCloseable {
  private static final long POLLFD = Structs.POLLFD.byteSize();
  private static final long EVENTS = offset(Structs.POLLFD, "events");
  private static final long FOUND = offset(Structs.POLLFD, "revents");

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.STATE);
  private final MemorySegment wakerState = arena.allocate(Libc.STATE);
  private final MemorySegment timeout = arena.allocate(Structs.TIMESPEC);
  private final MemorySegment counter = arena.allocate(JAVA_LONG);
  private final MemorySegment one = arena.allocate(JAVA_LONG);
  private final int sockets;
  private final MemorySegment descriptors;
  private final int eventFd;
  private boolean closed;

  /**
   * @param sockets how many are waited for
   */
  Waiter(int sockets) {
    this.sockets = sockets;
    descriptors = arena.allocate(Structs.POLLFD, sockets + 1);
    eventFd = Libc.eventfd(state, SocketOptions.EFD_NONBLOCK | SocketOptions.EFD_CLOEXEC);
    if (eventFd < 0) {
      int errno = Libc.errno(state);
      arena.close();
      throw new IllegalStateException("no eventfd: error " + errno);
    }
    one.set(JAVA_LONG, 0, 1);
    for (int i = 0; i <= sockets; i++) {
      descriptors.set(JAVA_INT, i * POLLFD, -1);
      descriptors.set(JAVA_SHORT, i * POLLFD + EVENTS, SocketOptions.POLLIN);
    }
    descriptors.set(JAVA_INT, sockets * POLLFD, eventFd);
  }

  /** Which descriptor is waited for; one below 0 is left out, by ppoll itself. */
  void watch(int index, int fd) {
    descriptors.set(JAVA_INT, index * POLLFD, fd);
  }

  /** What the last wait found: 0 for nothing, else bits such as POLLIN. */
  int found(int index) {
    return descriptors.get(JAVA_SHORT, index * POLLFD + FOUND);
  }

  /** A signal ends the wait early, and every socket counts as one that has something. */
  void await(long nanos) {
    timeout.set(JAVA_LONG, 0, nanos / 1_000_000_000L);
    timeout.set(JAVA_LONG, 8, nanos % 1_000_000_000L);
    int ready = Libc.ppoll(descriptors.address(), sockets + 1, timeout.address());
    if (ready < 0) {
      // A signal; the kernel has written nothing.
      for (int i = 0; i <= sockets; i++) {
        descriptors.set(JAVA_SHORT, i * POLLFD + FOUND, SocketOptions.POLLIN);
      }
    } else if (ready > 0 && descriptors.get(JAVA_SHORT, sockets * POLLFD + FOUND) != 0) {
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
