package dev.pingcheck.engine.socket;

import java.lang.foreign.MemorySegment;

/** What one call of {@link IcmpPort#receive} found; valid until the next. */
public interface ReceivedPackets {

  /** How many packets; 0 when none waits. */
  int count();

  /**
   * Which socket they and the notices with them came from: 0 to below {@link IcmpPort#identifiers}.
   * The order in which things came is known for one socket alone.
   */
  int socket();

  /** Whether all that waited came with this call. */
  boolean isDrained();

  /** Whether the socket is broken and has been closed; there are no packets then. */
  boolean isBroken();

  /** Whether packets start with the IP header: those of raw IPv4 sockets do. */
  boolean hasIpHeader();

  /** The packet's octets, from the IP header on if {@link #hasIpHeader}, else from ICMP's. */
  MemorySegment octets(int index);

  /** How many octets were received. */
  int length(int index);

  /** Whether the packet was longer than there was room for. */
  boolean isCutOff(int index);

  /** The first half of the sender's IPv6 address, 0 for IPv4. */
  long sourceHigh(int index);

  /** The second half, or the IPv4 address. */
  long sourceLow(int index);

  /** The interface of a scoped IPv6 sender, else 0. */
  int sourceScope(int index);

  /** The TTL or hop limit with which it arrived; -1 if the kernel did not tell: see the header. */
  int timeToLive(int index);

  /**
   * When the kernel got it: wall-clock nanoseconds since the epoch; 0 if the kernel does not tell.
   */
  long kernelStamp(int index);
}
