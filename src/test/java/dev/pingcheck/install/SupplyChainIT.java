package dev.pingcheck.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is shipped is known: each library, and under which licence. */
class SupplyChainIT {
  private static final Path PAGE = Path.of("docs/licences.md");

  /**
   * Free of conditions that the whole would have to follow. With several a library offers a choice.
   */
  private static final Set<String> WELCOME =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-2.0",
          "MIT",
          "Bouncy Castle Licence");

  /** Names that are no identifiers of SPDX. */
  private static final Map<String, String> SAME =
      Map.of(
          "Apache 2 License",
          "Apache-2.0",
          "GNU General Public License, version 2 with the GNU Classpath Exception",
          "GPL-2.0-with-classpath-exception");

  @Test
  void sbomNamesEachLibraryThatIsShipped() throws IOException {
    Set<String> named =
        Shipped.all().stream()
            .flatMap(library -> List.of(library.file(), library.fileWithGroup()).stream())
            .collect(Collectors.toSet());

    assertThat(Shipped.jars()).isNotEmpty().allMatch(named::contains);
  }

  @Test
  void eachLibraryHasALicenceThatWeMayFollow() throws IOException {
    for (Shipped library : Shipped.all()) {
      assertThat(licences(library)).as(library.name()).anyMatch(WELCOME::contains);
    }
  }

  @Test
  void pageOfLicencesIsCurrent() throws IOException {
    String page = page();
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("mvn verify -Dit.test=SupplyChainIT -Dpingcheck.regenerate=true writes %s", PAGE)
        .isEqualTo(page);
  }

  private static String page() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Licences

            PingCheck is licensed under the [Apache License 2.0](../LICENSE). It is shipped with these libraries,
            unchanged, each under its own licence; where several are named, the choice is yours. `target/sbom.json`
            (CycloneDX) says the same for programs. Generated from it; a test compares the two.

            | library | version | licences |
            |---|---|---|
            """);
    Shipped.all().stream()
        .map(library ->
            "| %s | %s | %s |\n"
                .formatted(library.name(), library.version(), String.join(", ", licences(library))))
        .distinct()
        .forEach(page::append);
    return page.toString();
  }

  private static List<String> licences(Shipped library) {
    return library.licences().stream().map(name -> SAME.getOrDefault(name, name)).toList();
  }
}
