package dev.pingcheck.bench.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers out of what a program printed. */
final class Words {
  private Words() {}

  /** The number behind a word, such as 12.5 behind {@code rate} in {@code rate 12.5 rt/s}. */
  static double after(String word, String text) {
    Matcher found = Pattern.compile(Pattern.quote(word) + "[ =]+([0-9.]+)").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no number behind '" + word + "' in: " + text);
    }
    return Double.parseDouble(found.group(1));
  }
}
