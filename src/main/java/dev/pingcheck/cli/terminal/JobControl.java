package dev.pingcheck.cli.terminal;

import java.io.IOException;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-Z stops a command, and the shell's {@code fg} lets it go on. */
public final class JobControl {
  private static final System.Logger LOG = System.getLogger(JobControl.class.getName());
  private static final Signal STOP = new Signal("TSTP");

  private JobControl() {}

  /**
   * Lets a command tidy up the terminal before it stops. Where Java does not hand out the signal,
   * the command stops as it is.
   *
   * @param stopping is called before it stops, on any thread
   * @param goingOn is called when it goes on, or where nobody is there who could let it, at once
   */
  public static void watch(Runnable stopping, Runnable goingOn) {
    try {
      Signal.handle(
          STOP,
          new SignalHandler() {
            @Override
            public void handle(Signal signal) {
              stopping.run();
              stopBySignal();
              Signal.handle(STOP, this);
              goingOn.run();
            }
          });
    } catch (IllegalArgumentException kept) {
      LOG.log(System.Logger.Level.DEBUG, "Ctrl-Z stops this command at once.", kept);
    }
  }

  /**
   * As if nobody had caught it. The kernel ignores this signal where no shell could say {@code fg},
   * such as in a terminal that has this command alone. Java cannot send a signal to itself.
   */
  private static void stopBySignal() {
    Signal.handle(STOP, SignalHandler.SIG_DFL);
    String kill = "kill -TSTP " + ProcessHandle.current().pid();
    try {
      new ProcessBuilder("bash", "-c", kill).inheritIO().start().waitFor();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Ctrl-Z needs bash.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
