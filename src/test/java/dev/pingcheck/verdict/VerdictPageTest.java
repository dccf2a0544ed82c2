package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of docs/verdict.md say what the judge does. */
class VerdictPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- judged: ([^>]+) -->\n\\|.*\n\\|-.*\n((?:\\|.*\n)+)");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+)(?: to (\\d+))? \\| ([^|]+) \\| (\\w+) \\| ?([^|]*?) ?\\|\n");

  @TestFactory
  Stream<DynamicTest> eachExampleIsWhatTheJudgeDoes() throws IOException {
    List<MatchResult> examples =
        EXAMPLE.matcher(Files.readString(Path.of("docs/verdict.md"))).results().toList();
    assertThat(examples).hasSizeGreaterThan(4);
    return examples.stream()
        .map(example ->
            DynamicTest.dynamicTest(
                example.group(1), () -> follow(thresholds(example.group(1)), example.group(2))));
  }

  private static void follow(EffectiveThresholds thresholds, String table) {
    PingCheckStatus status =
        Judge.accepted(new PingCheckStatus(), 1, Rounds.TARGET, Rounds.PERIOD, Rounds.START)
            .status();
    List<String> told = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (MatchResult row : ROW.matcher(table).results().toList()) {
      int first = Integer.parseInt(row.group(1));
      int last = row.group(2) == null ? first : Integer.parseInt(row.group(2));
      for (int round = first; round <= last; round++) {
        status =
            Judge.round(Judge.confirmed(status), 1, thresholds, report(row.group(3)).apply(round))
                .status();
        told.add(round + ": " + healthy(status) + " " + events(status));
        expected.add(round + ": " + row.group(4) + " " + words(row.group(5)));
      }
    }
    assertThat(told).isEqualTo(expected).hasSizeGreaterThan(1);
  }

  private static IntFunction<RoundReport> report(String replies) {
    return replies.equals("no address")
        ? Rounds::unresolved
        : round -> Rounds.of(round, Integer.parseInt(replies));
  }

  private static String healthy(PingCheckStatus status) {
    return status.getConditions().stream()
        .filter(condition -> condition.getType().equals("Healthy"))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }

  /** Events of one round have one time, and so no order. */
  private static Set<String> events(PingCheckStatus status) {
    return Optional.ofNullable(status.getUnconfirmedEvents()).orElse(List.of()).stream()
        .map(UnconfirmedEvent::getReason)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> words(String list) {
    return list.isEmpty() ? Set.of() : new TreeSet<>(List.of(list.split(", ")));
  }

  private static EffectiveThresholds thresholds(String words) {
    int loss = number(words, "lossPercent", 20);
    return new EffectiveThresholds(
        loss,
        number(words, "recoveryLossPercent", loss),
        Optional.empty(),
        number(words, "failureThreshold", 1),
        number(words, "successThreshold", 1));
  }

  private static int number(String words, String name, int ifAbsent) {
    Matcher found = Pattern.compile("(?:^|, )" + name + " (\\d+)").matcher(words);
    return found.find() ? Integer.parseInt(found.group(1)) : ifAbsent;
  }
}
