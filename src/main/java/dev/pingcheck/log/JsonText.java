package dev.pingcheck.log;

import java.util.HexFormat;

/** Text as JSON (RFC 8259) has it, on one line, that no terminal is steered by. */
public final class JsonText {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  private JsonText() {}

  /**
   * Appends the text in quotation marks. All but printable ASCII and letters of other scripts,
   * which terminals and viewers show as they are, is escaped.
   */
  public static void quote(StringBuilder json, String text) {
    json.append('"');
    text.codePoints().forEach(each -> escape(json, each));
    json.append('"');
  }

  private static void escape(StringBuilder json, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      json.append('\\').append((char) codePoint);
    } else if (codePoint == '\n') {
      json.append("\\n");
    } else if ((codePoint >= FIRST_PRINTABLE && codePoint <= LAST_PRINTABLE)
        || Character.isLetterOrDigit(codePoint)) {
      json.appendCodePoint(codePoint);
    } else {
      for (char unit : Character.toChars(codePoint)) {
        json.append("\\u").append(HexFormat.of().toHexDigits(unit));
      }
    }
  }
}
