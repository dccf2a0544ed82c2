package dev.pingcheck.cli.terminal;

import dev.pingcheck.engine.socket.linux.BlockedSignals;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM end a command in order; Ctrl-\ asks it how it goes. Java keeps SIGQUIT for
 * itself unless it runs with {@code -Xrs}, and then hands out no signal at all: so the launcher
 * blocks the three signals for the whole process, and a thread waits for them. Where it did not,
 * Ctrl-\ stays Java's.
 */
public final class Signals {
  private static final int ENDED_BY_INT = 130;

  private final Runnable stop;
  private final Runnable tell;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Signals(Runnable stop, Runnable tell) {
    this.stop = stop;
    this.tell = tell;
  }

  /**
   * Waits for signals from here on. A second SIGINT or SIGTERM ends the process at once.
   *
   * @param stop is called once, on any thread
   * @param tell is called for each SIGQUIT, on any thread
   */
  public static void watch(Runnable stop, Runnable tell) {
    Signals signals = new Signals(stop, tell);
    try {
      Signal.handle(new Signal("INT"), signal -> signals.end());
      Signal.handle(new Signal("TERM"), signal -> signals.end());
    } catch (IllegalArgumentException javaRunsWithXrs) {
      if (BlockedSignals.areAllBlocked()) {
        Thread.ofPlatform().name("pingcheck-signals").daemon().start(signals::await);
      }
    }
  }

  private void await() {
    while (true) {
      if (BlockedSignals.await() == BlockedSignals.QUIT) {
        tell.run();
      } else {
        end();
      }
    }
  }

  private void end() {
    if (stopping.getAndSet(true)) {
      Runtime.getRuntime().halt(ENDED_BY_INT);
    }
    stop.run();
  }
}
