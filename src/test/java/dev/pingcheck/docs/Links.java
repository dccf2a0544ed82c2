package dev.pingcheck.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The links of one page, and the anchors that others may link to. */
final class Links {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.+?)\\s*#*$");
  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*$");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern MARKUP = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}_ -]");

  private final Path page;
  private final List<String> lines;

  private Links(Path page, List<String> lines) {
    this.page = page;
    this.lines = lines;
  }

  static Links of(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean isCode = false;
    for (String line : Files.readAllLines(page)) {
      boolean isFence = FENCE.matcher(line).matches();
      isCode ^= isFence;
      lines.add(isFence || isCode ? "" : line);
    }
    return new Links(page, lines);
  }

  /** Files of the project that it links to, from the project's root. */
  Set<Path> files() {
    Set<Path> files = new HashSet<>();
    for (String target : targets()) {
      if (!isExternal(target) && !target.startsWith("#")) {
        files.add(file(target));
      }
    }
    return files;
  }

  /** A sentence for each link that leads nowhere. */
  List<String> broken() throws IOException {
    List<String> broken = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      for (String target : targets(lines.get(at))) {
        String place = page + ":" + (at + 1) + " links to " + target + ", ";
        if (isExternal(target)) {
          if (!target.startsWith("https://")) {
            broken.add(place + "which is not https");
          }
        } else {
          check(target, place, broken);
        }
      }
    }
    return broken;
  }

  private void check(String target, String place, List<String> broken) throws IOException {
    Path file = target.startsWith("#") ? page : file(target);
    int hash = target.indexOf('#');
    if (!Files.exists(file)) {
      broken.add(place + "and there is no " + file);
    } else if (hash >= 0 && !of(file).anchors().contains(target.substring(hash + 1))) {
      broken.add(place + "and " + file + " has no such heading");
    }
  }

  private Path file(String target) {
    Path beside = Path.of(target.replaceFirst("#.*", ""));
    Path folder = page.getParent();
    return (folder == null ? beside : folder.resolve(beside)).normalize();
  }

  /**
   * As repository hosts make them of headings: letters, digits, hyphens; a number on repetition.
   */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    for (String line : lines) {
      for (MatchResult heading : HEADING.matcher(line).results().toList()) {
        String text = MARKUP.matcher(heading.group(1)).replaceAll("$1");
        String anchor =
            NO_PART_OF_AN_ANCHOR
                .matcher(text.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-');
        int times = seen.merge(anchor, 1, Integer::sum);
        anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
      }
    }
    return anchors;
  }

  private List<String> targets() {
    return lines.stream().flatMap(line -> targets(line).stream()).toList();
  }

  private static List<String> targets(String line) {
    return LINK.matcher(CODE.matcher(line).replaceAll("``"))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static boolean isExternal(String target) {
    return target.matches("[a-z]+:.*");
  }
}
