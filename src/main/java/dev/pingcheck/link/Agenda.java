package dev.pingcheck.link;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Runs tasks one after the other on the thread that owns a side of the link. */
interface Agenda extends Executor {
  /** Runs a task after some time, unless the thread has ended by then. */
  void schedule(Runnable task, Duration delay);
}
