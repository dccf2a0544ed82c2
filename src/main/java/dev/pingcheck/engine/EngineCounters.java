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

  /** Replies, or errors, that somebody else made up. */
  public final LongAdder foreign = new LongAdder();

  /** ICMP errors that quote a request of ours that is not open any more. */
  public final LongAdder staleErrors = new LongAdder();

  /** Kernel stamps that were not believed: the wall clock had been set. */
  public final LongAdder stampsDiscarded = new LongAdder();

  /** Rounds that were left out because the process could not run when they were due. */
  public final LongAdder roundsSkipped = new LongAdder();

  /** Sockets that broke and were opened again. */
  public final LongAdder socketsReopened = new LongAdder();

  /** Faults of listeners, sinks, resolvers and of the loop itself. */
  public final LongAdder faults = new LongAdder();

  EngineCounters() {}
}
