package dev.pingcheck.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of rights in docs/install.md: one row a resource, with its verbs, where and why. */
final class RightsTable {
  private static final Path PAGE = Path.of("docs/install.md");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([^`]+)`( named `[^`]+`(?: or `[^`]+`)*)? \\| ([a-z, ]+) \\| (everywhere|its namespace) \\|");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  private RightsTable() {}

  /** Its rows as {@link Rights#of} writes them: those that hold in the given place. */
  static Set<String> rows(String place) throws IOException {
    Set<String> rights = new TreeSet<>();
    ROW.matcher(Files.readString(PAGE))
        .results()
        .filter(row -> row.group(4).equals(place))
        .forEach(row -> add(row, rights));
    return rights;
  }

  private static void add(MatchResult row, Set<String> rights) {
    List<String> names =
        row.group(2) == null
            ? List.of("")
            : QUOTED.matcher(row.group(2)).results().map(quoted -> quoted.group(1)).toList();
    for (String verb : row.group(3).split(", ")) {
      names.forEach(name -> rights.add((verb + " " + row.group(1) + " " + name).strip()));
    }
  }
}
