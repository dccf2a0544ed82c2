package dev.pingcheck.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between two fences of a page.
 *
 * @param page the page's file
 * @param line of the opening fence, from 1
 * @param language behind the opening fence, such as {@code console}; empty if there is none
 * @param lines its text
 * @param marks what HTML comments before it, or at the head of the page, say of it
 */
record Block(Path page, int line, String language, List<String> lines, Map<Mark, String> marks) {
  private static final String PROMPT = "$ ";
  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*['\"]?([A-Z]+)['\"]?");

  /** Where it stands, such as {@code docs/install.md:18}. */
  String place() {
    return page + ":" + line;
  }

  Optional<String> mark(Mark mark) {
    return Optional.ofNullable(marks.get(mark));
  }

  /** Whether the test of all pages is to look at it: nobody else does, and no reason excuses it. */
  boolean isOurs() {
    return !marks.containsKey(Mark.NOT_RUN) && !marks.containsKey(Mark.RUN_BY);
  }

  boolean isYaml() {
    return language.equals("yaml");
  }

  /** The text of a whole block. */
  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** What a reader would type: lines after a prompt, or all of a block that is a script. */
  List<Command> commands() {
    return switch (language) {
      case "console" -> typed();
      case "sh", "bash", "shell" -> List.of(new Command(line + 1, text(), List.of()));
      default -> List.of();
    };
  }

  /** A line that looks like a command in a block of another kind; nobody would run it. */
  Optional<String> hiddenCommand() {
    return commands().isEmpty()
        ? lines.stream().filter(each -> each.startsWith(PROMPT)).findFirst()
        : Optional.empty();
  }

  private List<Command> typed() {
    List<Command> commands = new ArrayList<>();
    for (int at = 0; at < lines.size(); ) {
      int end = at + 1;
      if (lines.get(at).startsWith(PROMPT)) {
        end = endOfCommand(at);
        String text = String.join("\n", lines.subList(at, end)).substring(PROMPT.length());
        int next = end;
        while (next < lines.size() && !lines.get(next).startsWith(PROMPT)) {
          next++;
        }
        commands.add(new Command(line + 1 + at, text, lines.subList(end, next)));
      }
      at = end;
    }
    return commands;
  }

  /** Behind the lines that end in a backslash, or behind the end of a here document. */
  private int endOfCommand(int begin) {
    int end = begin;
    while (lines.get(end).endsWith("\\")) {
      end++;
    }
    Matcher document = HERE_DOCUMENT.matcher(lines.get(end));
    if (document.find()) {
      while (!lines.get(end).equals(document.group(1))) {
        end++;
      }
    }
    return end + 1;
  }
}
