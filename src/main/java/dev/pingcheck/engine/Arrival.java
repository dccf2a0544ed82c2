package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import java.time.Instant;

/** A packet that came in. One object is used for all; what it says holds during the call. */
public final class Arrival {
  /** What {@link #timeToLive} says when the packet did not tell. */
  public static final int UNKNOWN = -1;

  IpFamily family = IpFamily.IPV4;
  long sourceHigh;
  long sourceLow;
  int sourceScope;
  int size;
  int timeToLive;
  int type;
  int code;
  long nanos;
  Instant time = Instant.EPOCH;
  long rtt;

  Arrival() {}

  /** Who sent it, as its IP header says. */
  public Peer source() {
    return new Peer(family, sourceHigh, sourceLow, sourceScope);
  }

  /** Octets of the ICMP message. */
  public int size() {
    return size;
  }

  /** The time to live or hop limit with which it arrived, or {@link #UNKNOWN}. */
  public int timeToLive() {
    return timeToLive;
  }

  /** The ICMP type. */
  public int type() {
    return type;
  }

  /** The ICMP code. */
  public int code() {
    return code;
  }

  /** Wall-clock time at which it was read. */
  public Instant time() {
    return time;
  }

  /** Nanoseconds since its request was sent, at least 0; means nothing for corrupt and foreign. */
  public long rtt() {
    return rtt;
  }
}
