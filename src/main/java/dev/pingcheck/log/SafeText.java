package dev.pingcheck.log;

/** Text of others in a form that can neither steer a terminal nor begin a line. */
public final class SafeText {
  private SafeText() {}

  /**
   * The text with every control and format character (among them those that turn the direction of
   * writing), line separator and broken surrogate written as <code>&#92;u{1b}</code>.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(SafeText::isSafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(each -> append(safe, each));
    return safe.toString();
  }

  /** Whether a terminal shows that character and does nothing else. */
  public static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void append(StringBuilder safe, int codePoint) {
    if (isSafe(codePoint)) {
      safe.appendCodePoint(codePoint);
    } else {
      safe.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
    }
  }
}
