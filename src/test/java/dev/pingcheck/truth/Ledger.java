package dev.pingcheck.truth;

import dev.pingcheck.lab.tun.Emission;
import dev.pingcheck.lab.tun.Nature;
import dev.pingcheck.lab.tun.Witness;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the engine must report of each request, by what was done to it. Where the responder was held
 * up so long that nobody can say whether a packet came in time, the request is unsure.
 */
final class Ledger implements Witness {
  /** How the engine calls what the lab does; the rest is no stray. */
  private static final Map<Nature, StrayKind> STRAYS =
      Map.of(
          Nature.CORRUPT, StrayKind.CORRUPT,
          Nature.TRUNCATED, StrayKind.TRUNCATED,
          Nature.FORGED, StrayKind.FORGED,
          Nature.FOREIGN, StrayKind.FOREIGN,
          Nature.REDIRECT, StrayKind.REDIRECT,
          Nature.FORGOTTEN, StrayKind.LATE);

  /** More than the clocks of kernel and engine can differ, and as much as the lab can be late. */
  private static final long MARGIN = 50_000_000;

  /** Requests whose times are kept: more than are sent within the delay of any packet. */
  private static final int TIMES = 1 << 20;

  private enum State {
    NEVER_CAME,
    WAITING,
    RECEIVED,
    /** By an error. */
    LOST,
    ANSWERED_LATE,
    UNSURE
  }

  private static final State[] STATES = State.values();

  private final SocketKind sockets;
  private final long timeout;
  private final byte[] states;
  private final Outcomes outcomes;
  private final StrayCounts strays;
  private final Map<StrayKind, Long> unattributed = new EnumMap<>(StrayKind.class);
  private final AtomicLongArray sendTimes = new AtomicLongArray(TIMES);
  private final long[] arrivalTimes = new long[TIMES];
  private long packets;
  private long unsoundIpv6;
  private long staleErrors;

  /**
   * @param timeout of each request, in nanoseconds
   */
  Ledger(int requests, SocketKind sockets, long timeout) {
    this.sockets = sockets;
    this.timeout = timeout;
    states = new byte[requests];
    outcomes = new Outcomes(requests);
    strays = new StrayCounts(requests);
  }

  /** The request is about to be sent; from the sender's thread. */
  void sending(int ordinal, long now) {
    sendTimes.setRelease(ordinal % TIMES, now);
  }

  @Override
  public void arrived(int ordinal, long at) {
    arrivalTimes[ordinal % TIMES] = at;
    outcomes.lost(ordinal, LossReason.TIMEOUT);
    set(ordinal, State.WAITING);
  }

  @Override
  public void emitted(Emission emission, long before, long after) {
    packets++;
    if (emission.packet().isIpv6() && !emission.packet().isMessageSound()) {
      unsoundIpv6++;
    }
    if (!sockets.hears(emission)) {
      return;
    }
    switch (emission.nature()) {
      case GENUINE, REPLAYED -> reply(emission.ordinal(), before, after);
      case ERROR -> error(emission, before, after);
      default -> strayKind(emission.nature()).ifPresent(kind -> stray(emission.ordinal(), kind));
    }
  }

  private static Optional<StrayKind> strayKind(Nature nature) {
    return Optional.ofNullable(STRAYS.get(nature));
  }

  private void stray(int ordinal, StrayKind kind) {
    if (ordinal == Emission.NOBODY) {
      unattributed.merge(kind, 1L, Long::sum);
    } else {
      strays.add(ordinal, kind);
    }
  }

  private void reply(int ordinal, long before, long after) {
    switch (state(ordinal)) {
      case WAITING -> {
        if (isInTime(ordinal, after)) {
          outcomes.received(ordinal);
          set(ordinal, State.RECEIVED);
        } else if (isLate(ordinal, before)) {
          strays.add(ordinal, StrayKind.LATE);
          set(ordinal, State.ANSWERED_LATE);
        } else {
          set(ordinal, State.UNSURE);
        }
      }
      case LOST -> {
        strays.add(ordinal, StrayKind.LATE);
        set(ordinal, State.ANSWERED_LATE);
      }
      case RECEIVED, ANSWERED_LATE -> strays.add(ordinal, StrayKind.DUPLICATE);
      case UNSURE -> {}
      case NEVER_CAME -> throw new IllegalStateException("a reply to what never came");
    }
  }

  private void error(Emission error, long before, long after) {
    int ordinal = error.ordinal();
    if (state(ordinal) != State.WAITING) {
      staleErrors++;
      return;
    }
    if (isInTime(ordinal, after)) {
      outcomes.lost(ordinal, ErrorReasons.of(error.packet()));
      set(ordinal, State.LOST);
    } else if (!isLate(ordinal, before)) {
      set(ordinal, State.UNSURE);
    }
  }

  /** It came within the timeout even if the request left at once. */
  private boolean isInTime(int ordinal, long after) {
    return after - sendTimes.getAcquire(ordinal % TIMES) < timeout - MARGIN;
  }

  /** It came behind the timeout even if the request left only when it arrived. */
  private boolean isLate(int ordinal, long before) {
    return before - arrivalTimes[ordinal % TIMES] > timeout + MARGIN;
  }

  /** Whether the engine may say of the request what it likes, but once. */
  boolean isUnsure(int ordinal) {
    return state(ordinal) == State.UNSURE;
  }

  /** Whether the request never came to the lab, so that the lab knows nothing of it. */
  boolean isUnseen(int ordinal) {
    return state(ordinal) == State.NEVER_CAME;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  StrayCounts strays() {
    return strays;
  }

  /** Strays of that kind that are for no request that can be told. */
  long unattributed(StrayKind kind) {
    return unattributed.getOrDefault(kind, 0L);
  }

  /** Packets that the lab wrote. */
  long packets() {
    return packets;
  }

  /** Errors that came to a request which was settled. */
  long staleErrors() {
    return staleErrors;
  }

  /** ICMPv6 messages with a wrong checksum, which the kernel drops at the socket. */
  long unsoundIpv6() {
    return unsoundIpv6;
  }

  private State state(int ordinal) {
    return STATES[states[ordinal]];
  }

  private void set(int ordinal, State state) {
    states[ordinal] = (byte) state.ordinal();
  }
}
