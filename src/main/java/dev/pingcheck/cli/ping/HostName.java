package dev.pingcheck.cli.ping;

import dev.pingcheck.log.SafeText;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a HOST: what may stand there, and what the DNS is asked for. */
final class HostName {
  private static final int MAX_LENGTH = 253;
  private static final int ASCII = 0x7f;

  /** Characters that IDNA 2003 and IDNA 2008 map to different names (UTS 46 section 4.1). */
  private static final Pattern TWO_WAYS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

  private static final Pattern BLANK = Pattern.compile("[\\p{Z}\\p{Cntrl}]");

  private HostName() {}

  /** The sentence for a text that cannot be a host; empty if it can. */
  static Optional<String> fault(String typed) {
    if (typed.isBlank()) {
      return Optional.of("HOST is empty: give a DNS name or an address");
    }
    String shown = "'" + SafeText.of(typed) + "'";
    if (TWO_WAYS.matcher(typed).find()) {
      return Optional.of(
          shown
              + " has a character that old and new standards turn into different names: write the"
              + " name in its form of xn--");
    }
    if (BLANK.matcher(typed).find() || !typed.codePoints().allMatch(SafeText::isSafe)) {
      return Optional.of(
          shown + " has a blank or a character that cannot be seen: write the name without it");
    }
    if (!isAscii(typed) && typed.indexOf(':') >= 0) {
      return Optional.of(shown + " is neither a DNS name nor an address");
    }
    try {
      return query(typed).length() > MAX_LENGTH
          ? Optional.of(shown + " is too long: a DNS name has at most 253 characters")
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          shown
              + " cannot be written as a DNS name: a part of it is empty, too long or not allowed");
    }
  }

  /**
   * What the DNS is asked for: labels of other scripts in their ASCII form (RFC 3490).
   *
   * @throws IllegalArgumentException if there is none; see {@link #fault}
   */
  static String query(String typed) {
    return isAscii(typed) ? typed : IDN.toASCII(typed);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c <= ASCII);
  }
}
