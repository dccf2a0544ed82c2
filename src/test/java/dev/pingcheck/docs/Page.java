package dev.pingcheck.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file from the root of the project
 * @param blocks in the order of the page
 * @param marks of the whole page, before its first heading
 */
record Page(Path file, List<Block> blocks, Map<Mark, String> marks) {
  private static final Path README = Path.of("README.md");
  private static final Path FOLDER = Path.of("docs");
  private static final Pattern MARK = Pattern.compile("^<!-- ([a-z ]+): (.+) -->$");
  private static final Pattern FENCE = Pattern.compile("^\\s*(`{3,}|~{3,})\\s*(\\S*).*$");

  /** README.md and all of docs/, in the order of their paths. */
  static List<Page> all() {
    return Stream.concat(Stream.of(README), filesOfFolder().stream()).map(Page::read).toList();
  }

  private static List<Path> filesOfFolder() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it installs PingCheck itself, where nothing of it is. */
  boolean startsFromAnEmptyCluster() {
    return "an empty cluster".equals(marks.get(Mark.STARTS_FROM));
  }

  /** Whether it speaks of checks that are there: those of examples/, as {@code ./dev run} does. */
  boolean startsFromTheExamples() {
    return "the examples".equals(marks.get(Mark.STARTS_FROM))
        || blocks.stream()
            .flatMap(block -> block.commands().stream())
            .anyMatch(Command::hasPlaceholders);
  }

  static Page read(Path file) {
    try {
      return parse(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Page parse(Path file, List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    Map<Mark, String> ofPage = new EnumMap<>(Mark.class);
    Map<Mark, String> marks = ofPage;
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      Matcher fence = FENCE.matcher(line);
      Matcher mark = MARK.matcher(line);
      if (fence.matches()) {
        int end = end(file, lines, at, fence.group(1));
        Map<Mark, String> both = new EnumMap<>(ofPage);
        both.putAll(marks);
        blocks.add(new Block(file, at + 1, fence.group(2), lines.subList(at + 1, end), both));
        marks = new EnumMap<>(Mark.class);
        at = end;
      } else if (mark.matches()) {
        String text = mark.group(2);
        Map<Mark, String> here = marks;
        Mark.of(mark.group(1)).ifPresent(known -> here.put(known, text));
      } else if (!line.isBlank()) {
        marks = new EnumMap<>(Mark.class);
      }
    }
    return new Page(file, List.copyOf(blocks), ofPage);
  }

  private static int end(Path file, List<String> lines, int begin, String fence) {
    for (int at = begin + 1; at < lines.size(); at++) {
      if (lines.get(at).strip().equals(fence)) {
        return at;
      }
    }
    throw new IllegalStateException(
        file + ":" + (begin + 1) + " opens a block that is never closed");
  }
}
