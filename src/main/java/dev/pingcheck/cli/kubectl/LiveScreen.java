package dev.pingcheck.cli.kubectl;

import java.io.PrintWriter;

/**
 * The terminal's second screen, where what is drawn scrolls nothing away: whatever stood there
 * before stands there again afterwards, and the cursor with it.
 *
 * <p>Thread safe: a signal leaves it at once, whatever the command waits for then.
 */
final class LiveScreen implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private boolean isEntered;
  private boolean isPaused;
  private boolean isLeft;

  LiveScreen(PrintWriter out) {
    this.out = out;
  }

  /** Shows these lines and nothing else; the first time it enters. */
  synchronized void draw(Screen screen) {
    if (isLeft || isPaused) {
      return;
    }
    if (!isEntered) {
      isEntered = true;
      out.print(ENTER);
    }
    // A line is cleared before it is written: after one that is full, its last character would go.
    out.print(HOME + CLEAR_LINE + String.join("\r\n" + CLEAR_LINE, screen.lines()));
    if (!screen.isFull()) {
      out.print("\r\n" + CLEAR_BELOW);
    }
    out.flush();
  }

  /** Leaves it until {@link #resume}. */
  synchronized void pause() {
    leave();
    isPaused = true;
  }

  /** The next one that is drawn enters it again. */
  synchronized void resume() {
    isPaused = false;
  }

  /** Leaves it for good. */
  @Override
  public synchronized void close() {
    leave();
    isLeft = true;
  }

  private void leave() {
    if (isEntered) {
      out.print(LEAVE);
      out.flush();
    }
    isEntered = false;
  }
}
