package dev.pingcheck.cli.kubectl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a terminal shows.
 *
 * @param rows lines, at least 2
 * @param columns characters a line, at least 1
 */
record TerminalSize(int rows, int columns) {
  static final TerminalSize USUAL = new TerminalSize(24, 80);

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,3}) ([1-9][0-9]{0,3})");
  private static final int LEAST_ROWS = 2;

  /** Whether standard output is a terminal. */
  static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Asks the terminal by way of stty(1), as its size is a system call that Java lacks. */
  static TerminalSize now() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(1, TimeUnit.SECONDS) ? read(said.strip()) : USUAL;
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  static TerminalSize read(String said) {
    Matcher size = SIZE.matcher(said);
    return size.matches()
        ? new TerminalSize(
            Math.max(LEAST_ROWS, Integer.parseInt(size.group(1))), Integer.parseInt(size.group(2)))
        : USUAL;
  }
}
