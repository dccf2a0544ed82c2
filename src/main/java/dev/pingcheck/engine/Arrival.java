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
  long mtu;
  long gatewayHigh;
  long gatewayLow;

  /** The kernel's wall-clock stamp, or 0. */
  long stamp;

  /** When it arrived, and the earliest time at which that can have been, on the monotonic clock. */
  long nanos;

  long earliest;
  boolean trusted;
  long epochNanos;
  long rtt;
  boolean hasRtt;
  boolean kernelTimed;

  Arrival() {}

  /** Who sent it, as its IP header says. */
  public Peer source() {
    return new Peer(family, sourceHigh, sourceLow, sourceScope);
  }

  /** Octets of the ICMP message, as many as came. */
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

  /**
   * The MTU of the next hop in octets, which "packet too big" tells (RFC 1191 section 4, RFC 4443
   * section 3.2); 0 if it does not.
   */
  public long mtu() {
    return mtu;
  }

  /** The router to which a redirect points (RFC 792 p. 12, RFC 4861 section 4.5). */
  public Peer gateway() {
    return new Peer(family, gatewayHigh, gatewayLow, 0);
  }

  /** Wall-clock time at which it was read. */
  public Instant time() {
    return Instant.ofEpochSecond(epochNanos / 1_000_000_000L, epochNanos % 1_000_000_000L);
  }

  /** The same in nanoseconds since the epoch. */
  public long epochNanos() {
    return epochNanos;
  }

  /** Whether there is a round-trip time: none where the stamps of both ends disagree. */
  public boolean hasRtt() {
    return hasRtt;
  }

  /** Nanoseconds since its request was sent, at least 0; only if {@link #hasRtt}. */
  public long rtt() {
    return rtt;
  }

  /** Whether the kernel has stamped both ends; else the process's clocks were read. */
  public boolean isKernelTimed() {
    return kernelTimed;
  }
}
