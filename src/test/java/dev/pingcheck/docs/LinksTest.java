package dev.pingcheck.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {
  private static final Path CONTENTS = Path.of("docs/README.md");

  @TempDir Path folder;

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = new ArrayList<>(Page.all().stream().map(Page::file).toList());
    pages.add(Path.of("CONTRIBUTING.md"));
    for (Path page : pages) {
      broken.addAll(Links.of(page).broken());
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheTableOfContents() throws IOException {
    Set<Path> reached = new HashSet<>(Set.of(CONTENTS));
    Deque<Path> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      for (Path file : Links.of(next.pop()).files()) {
        if (file.startsWith("docs") && file.toString().endsWith(".md") && reached.add(file)) {
          next.push(file);
        }
      }
    }
    assertThat(Page.all())
        .extracting(Page::file)
        .filteredOn(file -> file.startsWith("docs"))
        .as("pages that no chain of links from %s leads to", CONTENTS)
        .allMatch(reached::contains);
  }

  @Test
  void brokenLinksAreNamedWithTheirPlace() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # What's `new`, in 2 words?
        ## Twice
        ## Twice
        [a](#whats-new-in-2-words) [b](#twice-1) [c](#twice-2)
        [d](other.md) `[e](no-link.md)` [f](http://example.com)
        ```
        [g](no-link.md)
        ```
        """);

    assertThat(Links.of(page).broken())
        .containsExactly(
            page + ":4 links to #twice-2, and " + page + " has no such heading",
            page + ":5 links to other.md, and there is no " + folder.resolve("other.md"),
            page + ":5 links to http://example.com, which is not https");
  }
}
