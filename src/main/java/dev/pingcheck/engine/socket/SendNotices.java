package dev.pingcheck.engine.socket;

import java.lang.foreign.MemorySegment;

/**
 * What the kernel has to say of packets that were sent before: when one left, or that an ICMP error
 * came for it. Read with {@link IcmpPort#receive}; valid until the next.
 */
public interface SendNotices {

  /** How many; 0 when there is nothing to say. */
  int count();

  /** Whether it tells when a packet left; else it is an ICMP error. */
  boolean isStamp(int index);

  /** For a stamp: the lower 32 bits of the packet's {@link SendBatch.Slot#key}. */
  int key(int index);

  /**
   * When it left, or when the error came: wall-clock nanoseconds since the epoch; 0 if the kernel
   * does not tell.
   */
  long kernelStamp(int index);

  /** For an error: its ICMP type. */
  int type(int index);

  /** For an error: its ICMP code. */
  int code(int index);

  /** For an error: the MTU that it tells, or 0. */
  int mtu(int index);

  /** For an error: the first half of the IPv6 address of who sent it, 0 for IPv4. */
  long offenderHigh(int index);

  /** For an error: the second half, or the IPv4 address. */
  long offenderLow(int index);

  /** For an error: the first half of the IPv6 address that the packet was sent to, 0 for IPv4. */
  long destinationHigh(int index);

  /** For an error: the second half, or the IPv4 address. */
  long destinationLow(int index);

  /** For an error: the packet that it quotes, from its ICMP header on. */
  MemorySegment octets(int index);

  /** For an error: how many octets are quoted. */
  int length(int index);
}
