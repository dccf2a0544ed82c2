package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.wire.PayloadPattern;
import dev.pingcheck.schedule.WheelTimer;

/**
 * One echo request, from the moment that it is written until its place is needed for another: long
 * enough to tell late and duplicate replies apart. As a timer it is due at its timeout. Objects are
 * reused; a listener must not keep one.
 */
public final class Echo extends WheelTimer {

  enum State {
    /** Never used. */
    FREE,
    /** Written, not yet handed to the kernel. */
    QUEUED,
    /** On its way. */
    WAITING,
    /** Its valid reply came in time. */
    RECEIVED,
    /** Given up; no valid reply came since. */
    LOST,
    /** Given up; its valid reply came later. */
    LOST_ANSWERED,
    /** It never left. */
    UNSENT
  }

  private final EchoExchange exchange;
  State state = State.FREE;
  long number;
  int identifier;
  int sequence;
  Peer peer = new Peer(IpFamily.IPV4, 0, 0, 0);
  int ordinal;
  int payloadSize;
  PayloadPattern pattern = PayloadPattern.COUNTING;
  long timeout;
  long sentAt;

  /** When the kernel sent it, in wall-clock nanoseconds; 0 as long as it has not told. */
  long sentStamp;

  int identifierIndex;
  long settledAt;
  EchoListener listener = Unheard.INSTANCE;

  Echo(EchoExchange exchange) {
    this.exchange = exchange;
  }

  /** Which request it is for whoever sent it, as given to {@link EchoExchange#send}. */
  public int ordinal() {
    return ordinal;
  }

  /** Where it was sent to. */
  public Peer peer() {
    return peer;
  }

  /** Octets behind the ICMP header. */
  public int payloadSize() {
    return payloadSize;
  }

  /** Whether it is neither received nor lost. */
  boolean isOpen() {
    return state == State.QUEUED || state == State.WAITING;
  }

  @Override
  protected void fired(long now) {
    exchange.timedOut(this, now);
  }
}
