package dev.pingcheck.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the whole engine has counted since its start; grows only. Written by the loop, to be read
 * from any thread.
 */
public final class EngineCounters {
  /** Echo requests handed to the kernel. */
  public final LongAdder sent = new LongAdder();

  /** Valid replies in time. */
  public final LongAdder received = new LongAdder();

  /** Requests given up, for any reason. */
  public final LongAdder lost = new LongAdder();

  /** Late replies, of any check or of none that is known any more. */
  public final LongAdder late = new LongAdder();

  /** Second replies. */
  public final LongAdder duplicate = new LongAdder();

  /** Damaged replies. */
  public final LongAdder corrupt = new LongAdder();

  /** Replies that end too early. */
  public final LongAdder truncated = new LongAdder();

  /** Replies, or errors, that somebody made up for a request of ours. */
  public final LongAdder forged = new LongAdder();

  /** Replies that bear an identifier of ours by chance. */
  public final LongAdder foreign = new LongAdder();

  /** Redirects that quote a request of ours. */
  public final LongAdder redirects = new LongAdder();

  /** Packets that found no room in a socket: each may be a reply that counts as lost. */
  public final LongAdder kernelDrops = new LongAdder();

  /** Round-trip times from kernel stamps at both ends. */
  public final LongAdder kernelTimed = new LongAdder();

  /** ICMP errors that quote a request of ours that is not open any more. */
  public final LongAdder staleErrors = new LongAdder();

  /** Round-trip times left out because their stamps disagree: the wall clock had been set. */
  public final LongAdder stampsDiscarded = new LongAdder();

  /** Rounds left out: the process could not run, or the round before was held back too long. */
  public final LongAdder roundsSkipped = new LongAdder();

  /** Sockets that broke and were opened again. */
  public final LongAdder socketsReopened = new LongAdder();

  /** Faults of listeners, sinks, resolvers and of the loop itself. */
  public final LongAdder faults = new LongAdder();

  /** Nanoseconds for which the loop was at work. */
  public final LongAdder busyNanos = new LongAdder();

  EngineCounters() {}
}
