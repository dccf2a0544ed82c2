package dev.pingcheck.docs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A command of a page.
 *
 * @param line where it begins, from 1
 * @param text what is typed, one line or several
 * @param output what the page shows of its output; empty if nothing
 */
record Command(int line, String text, List<String> output) {
  private static final Pattern SEVERAL_BLANKS = Pattern.compile("\\s{2,}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<!\\w)(?:NAMESPACE|NAME)(?![\\w:])");
  private static final Pattern SEARCH = Pattern.compile("\\| grep [^|]*$");
  private static final Pattern COMMENT = Pattern.compile("(?m)\\s+#.*$");

  /** Without the comment behind it: what two pages have in common. */
  String bare() {
    return COMMENT.matcher(text).replaceAll("").strip();
  }

  /** Whether it pings with the engine on a terminal, which is to happen in the lab. */
  boolean pings() {
    return bare().startsWith("./dev ping ");
  }

  /** Whether it is written for any check: its reader puts a namespace and a name in. */
  boolean hasPlaceholders() {
    return PLACEHOLDER.matcher(text).find();
  }

  /** The same for one check. */
  Command of(String namespace, String name) {
    String filled =
        PLACEHOLDER
            .matcher(text)
            .replaceAll(word -> word.group().equals("NAME") ? name : namespace);
    return new Command(line, filled, output);
  }

  /** Whether this exit code says that all went well; a search that finds nothing is no failure. */
  boolean isContentWith(int exitCode) {
    return exitCode == 0 || (exitCode == 1 && SEARCH.matcher(bare()).find());
  }

  /** The columns of a table that the page shows, such as NAME and HOSTNAME; empty for others. */
  List<String> columns() {
    return output.isEmpty() ? List.of() : columnsOf(output.getFirst());
  }

  /** The columns of a line that is the head of a table; else none. */
  static List<String> columnsOf(String line) {
    String head = line.strip();
    boolean isHead = head.equals(head.toUpperCase(java.util.Locale.ROOT)) && head.contains("  ");
    return isHead ? List.of(SEVERAL_BLANKS.split(head)) : List.of();
  }
}
