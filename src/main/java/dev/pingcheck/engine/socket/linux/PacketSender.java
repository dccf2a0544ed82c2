package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendOutcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Hands packets of one family to the kernel, as many as it takes by one system call. */
final class PacketSender implements AutoCloseable {
  /** How long a run of packets may wait for buffers, in steps. */
  private static final int MOST_WAITS = 5;

  private static final long WAIT_NANOS = 500_000;

  /** A socket tells each pending ICMP error of earlier packets by failing the next send. */
  private static final int MOST_PENDING_ERRORS = 8;

  private final LongSupplier nanoTime;
  private final SendRing ring;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.STATE);
  private int waits;
  private int repeats;

  PacketSender(IpFamily family, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    ring = new SendRing(family);
    // The first call through a method handle takes a millisecond to link it, which would count as
    // round-trip time; this one fails, and sends nothing.
    ring.send(-1, 0, 0);
    ring.send(state, -1, 0, 0);
  }

  /** Sends the slots from {@code from} to below {@code to}, which share options and socket. */
  void send(
      IcmpSocket socket,
      SendBatch batch,
      int from,
      int to,
      boolean stamped,
      SendOutcome whileClosed) {
    waits = 0;
    repeats = 0;
    if (!socket.isOpen()) {
      settle(batch, from, to, whileClosed);
      return;
    }
    int errno = socket.apply(batch.slot(from).options());
    if (errno != 0) {
      settle(batch, from, to, Errno.outcome(errno));
      return;
    }
    fill(socket, batch, from, to, stamped);
    int at = from;
    while (at < to) {
      long before = nanoTime.getAsLong();
      int sent = ring.send(socket.fd(), at, to);
      if (sent < 0) {
        sent = ring.send(state, socket.fd(), at, to);
      }
      if (sent > 0) {
        leave(socket, batch, at, at + sent, before, stamped);
        at += sent;
      } else if (!isRepeated(socket, batch, at, to, stamped)) {
        batch.slot(at).settle(Errno.outcome(Libc.errno(state)), before);
        at++;
      }
    }
  }

  private void fill(IcmpSocket socket, SendBatch batch, int from, int to, boolean stamped) {
    boolean numbered = socket.stampKeys.areExplicit();
    for (int i = from; i < to; i++) {
      ring.fill(i, batch.slot(i), stamped, numbered);
    }
  }

  /** Within one call packets leave one after another; their times are spread over it. */
  private void leave(
      IcmpSocket socket, SendBatch batch, int from, int to, long before, boolean stamped) {
    long took = to - from == 1 ? 0 : nanoTime.getAsLong() - before;
    for (int i = from; i < to; i++) {
      SendBatch.Slot slot = batch.slot(i);
      slot.settle(SendOutcome.SENT, before + took * (i - from) / (to - from));
      if (stamped) {
        socket.stampKeys.sent(slot.key());
      }
    }
  }

  /** Whether the packet at which a call has failed is to be tried again. */
  private boolean isRepeated(IcmpSocket socket, SendBatch batch, int at, int to, boolean stamped) {
    int errno = Libc.errno(state);
    if (errno == Errno.EINTR) {
      return true;
    }
    if (stamped && errno == Errno.EINVAL && socket.stampKeys.areExplicit()) {
      socket.countStampsAnew(true);
      fill(socket, batch, at, to, true);
      return true;
    }
    if (stamped && !socket.stampKeys.areExplicit()) {
      socket.countStampsAnew(false);
    }
    if (Errno.isTransient(errno)) {
      if (waits++ < MOST_WAITS) {
        LockSupport.parkNanos(WAIT_NANOS);
        return true;
      }
      return false;
    }
    return socket.tellsPendingErrors() && repeats++ < MOST_PENDING_ERRORS;
  }

  private void settle(SendBatch batch, int from, int to, SendOutcome outcome) {
    long now = nanoTime.getAsLong();
    for (int i = from; i < to; i++) {
      batch.slot(i).settle(outcome, now);
    }
  }

  @Override
  public void close() {
    ring.close();
    arena.close();
  }
}
