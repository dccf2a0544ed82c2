package dev.pingcheck.cli.terminal;

import java.io.IOException;
import sun.misc.Signal;

/** Ctrl-Z stops a command, and the shell's {@code fg} lets it go on. */
public final class JobControl {
  private static final System.Logger LOG = System.getLogger(JobControl.class.getName());

  private JobControl() {}

  /**
   * Lets a command tidy up the terminal before it stops. Where Java does not hand out the signals,
   * the command stops as it is.
   *
   * @param stopping is called before it stops, on any thread
   * @param goingOn is called when it goes on, on any thread
   */
  public static void watch(Runnable stopping, Runnable goingOn) {
    try {
      Signal.handle(new Signal("CONT"), signal -> goingOn.run());
      Signal.handle(
          new Signal("TSTP"),
          signal -> {
            stopping.run();
            stop();
          });
    } catch (IllegalArgumentException kept) {
      LOG.log(System.Logger.Level.DEBUG, "Ctrl-Z stops this command at once.", kept);
    }
  }

  /** As the signal would have done, had nobody caught it; Java cannot send one to itself. */
  private static void stop() {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      new ProcessBuilder("kill", "-STOP", pid).inheritIO().start();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Ctrl-Z needs the command kill.", e);
    }
  }
}
