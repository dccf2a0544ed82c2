package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.stats.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReasonWordsTest {
  private static final Path PAGE = Path.of("docs/conditions-and-events.md");

  /** A row of the table of conditions: condition, status, reasons, meaning. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\|[^|]*\\| (?:True|False|Unknown)? ?\\| ([A-Z][A-Za-z, ]+) \\| ");

  private static Set<String> documented() throws IOException {
    Set<String> reasons = new TreeSet<>();
    ROW.matcher(Files.readString(PAGE))
        .results()
        .forEach(row -> reasons.addAll(Arrays.asList(row.group(1).split(", "))));
    return reasons;
  }

  @Test
  void everyReasonOfTheDocumentationHasItsWords() throws IOException {
    assertThat(documented()).hasSizeGreaterThan(35).contains("ProbeSilent", "NoRoute", "Accepted");
    assertThat(documented())
        .allSatisfy(reason -> {
          assertThat(ReasonWords.of(reason)).as(reason).isPresent();
          assertThat(ReasonWords.of(reason).get().meaning())
              .as(reason)
              .endsWith(".")
              .hasLineCount(1);
        });
  }

  @Test
  void everyWayToLoseAnEchoRequestHasItsWordsAndAStep() {
    for (LossReason lost : LossReason.values()) {
      StringBuilder reason = new StringBuilder();
      for (String word : lost.name().split("_", -1)) {
        reason.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
      }
      assertThat(ReasonWords.of(reason.toString())).as(reason.toString()).isPresent();
      assertThat(ReasonWords.of(reason.toString()).get().next()).as(reason.toString()).isNotEmpty();
    }
  }

  @Test
  void onlyWhatIsWellNeedsNoStep() throws IOException {
    Set<String> well = new TreeSet<>();
    documented().stream()
        .filter(reason -> ReasonWords.of(reason).get().next().isEmpty())
        .forEach(well::add);
    assertThat(well)
        .containsExactly(
            "Accepted",
            "AddressLiteral",
            "OnTime",
            "ReplyReceived",
            "Resolved",
            "WithinThresholds");
  }
}
