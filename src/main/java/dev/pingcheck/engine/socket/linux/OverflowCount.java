package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pingcheck.engine.socket.SocketKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Counts the packets that found no room in one socket. A raw socket tells with each packet how many
 * there were before it (SO_RXQ_OVFL). A ping socket does not, and is asked (SO_MEMINFO): after each
 * burst, as a buffer that overflows is a full one, and now and then.
 */
final class OverflowCount {
  /** So many reads of a few packets, or one of as many as a read can take. */
  private static final int READS = 64;

  /** SK_MEMINFO_DROPS, the last of nine numbers (linux/sock_diag.h). */
  private static final int DROPS = 8 * Integer.BYTES;

  private static final long UNKNOWN = -1;

  private final SocketKind kind;
  private final MemorySegment state = Arena.ofAuto().allocate(Libc.STATE);
  private final MemorySegment figures = Arena.ofAuto().allocate(DROPS + Integer.BYTES, 4);
  private final MemorySegment size = Arena.ofAuto().allocate(JAVA_INT);
  private long last;
  private int reads;

  OverflowCount(SocketKind kind) {
    this.kind = kind;
  }

  /** The socket is opened anew, and counts from 0. */
  void restart() {
    last = 0;
    reads = 0;
  }

  /**
   * How many since the last call, as far as it is known.
   *
   * @param told modulo 2^32 by the last packet; negative if it told nothing
   * @param full whether as much was read as one call can take
   */
  long since(int fd, long told, boolean full) {
    long now = kind == SocketKind.RAW ? told : asked(fd, full);
    if (now < 0) {
      return 0;
    }
    long more = now - last & 0xffff_ffffL;
    last = now;
    return more;
  }

  private long asked(int fd, boolean full) {
    reads += full ? READS : 1;
    if (full || reads < READS) {
      return UNKNOWN;
    }
    reads = 0;
    size.set(JAVA_INT, 0, (int) figures.byteSize());
    boolean told =
        Libc.getsockopt(
                    state, fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_MEMINFO, figures, size)
                == 0
            && size.get(JAVA_INT, 0) > DROPS;
    return told ? Integer.toUnsignedLong(figures.get(JAVA_INT, DROPS)) : UNKNOWN;
  }
}
