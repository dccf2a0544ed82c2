package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.fail;

import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, the verdicts are those of the slow oracle; and a crash at any point changes
 * nothing that is told. {@code -Dpingcheck.seed=N} plays one history again.
 */
class VerdictPropertyTest {
  private static final int HISTORIES = Integer.getInteger("pingcheck.histories", 10_000);
  private static final int LONGEST = 300;

  /** A build is no place for luck. */
  private static final long FIRST = 7_138_215_649_052L;

  @Test
  void everyHistoryIsJudgedAsTheOracleDoesAndACrashChangesNothing() {
    Long one = Long.getLong("pingcheck.seed");
    long first = one == null ? FIRST : one;
    System.out.println(
        "verdicts against the oracle: -Dpingcheck.seed=" + first + " and the next " + HISTORIES);
    for (long seed = first; seed < first + (one == null ? HISTORIES : 1); seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int length = 1 + random.nextInt(1 + random.nextInt(LONGEST)); // more short ones
      List<Step> steps = RandomHistory.of(seed, length);
      String fault = fault(steps, seed);
      if (!fault.isEmpty()) {
        List<Step> fewest = shrunk(steps, seed);
        fail(
            "-Dpingcheck.seed=%d fails: %s%nthe shortest history found, of %d steps, fails: %s%n%s"
                .formatted(
                    seed,
                    fault,
                    fewest.size(),
                    fault(fewest, seed),
                    fewest.stream().map(Step::toString).collect(Collectors.joining("\n"))));
      }
    }
  }

  private static String fault(List<Step> steps, long seed) {
    List<SlowJudge.Answer> answers = SlowJudge.answers(steps);
    String fault = straight(steps, answers);
    return fault.isEmpty() ? withCrashes(steps, answers, seed) : fault;
  }

  private static String straight(List<Step> steps, List<SlowJudge.Answer> answers) {
    PingCheckStatus status = new PingCheckStatus();
    Step.Accepted spec = null;
    for (int i = 0; i < steps.size(); i++) {
      spec = steps.get(i) instanceof Step.Accepted accepted ? accepted : spec;
      PingCheckStatus before = Judge.confirmed(status);
      String untouched = i % 50 == 49 ? Serialization.asJson(before) : "";
      status = steps.get(i).judge(before, spec).status();
      if (!untouched.isEmpty() && !untouched.equals(Serialization.asJson(before))) {
        return "step " + i + ": the status before was changed";
      }
      SlowJudge.Answer answer = answer(status);
      if (!answer.equals(answers.get(i))) {
        return "step %d: %s instead of %s".formatted(i, answer, answers.get(i));
      }
      if (status.getTurns().size() > 4
          || status.getTurns().stream().anyMatch(t -> t.getTimes().size() > 6)
          || status.getAddresses().size() > 16
          || status.getOutages().size() > 5) {
        return "step " + i + ": the status is longer than the CRD allows";
      }
    }
    return "";
  }

  private static String withCrashes(List<Step> steps, List<SlowJudge.Answer> answers, long seed) {
    Set<String> said = new TreeSet<>();
    List<PingCheckStatus> statuses = Crashes.play(steps, seed, said);
    Set<String> right =
        answers.stream().flatMap(a -> a.events().stream()).collect(Collectors.toSet());
    if (!said.equals(right)) {
      Set<String> doubled = new TreeSet<>(said);
      doubled.removeAll(right);
      right.removeAll(said);
      return "with crashes: lost " + right + ", said wrongly " + doubled;
    }
    for (int i = 0; i < steps.size(); i++) {
      SlowJudge.Answer answer = answer(statuses.get(i));
      boolean isRight =
          answer.healthy().equals(answers.get(i).healthy())
              && answer.outages().equals(answers.get(i).outages());
      if (!isRight) {
        return "with crashes, step %d: %s instead of %s".formatted(i, answer, answers.get(i));
      }
    }
    return "";
  }

  private static SlowJudge.Answer answer(PingCheckStatus status) {
    return new SlowJudge.Answer(
        status.getUnconfirmedEvents().stream()
            .map(e -> e.getReason() + "@" + e.getTime())
            .collect(Collectors.toCollection(TreeSet::new)),
        status.getConditions().stream()
            .filter(c -> c.getType().equals("Healthy"))
            .map(c -> c.getStatus() + "/" + c.getReason())
            .findFirst()
            .orElse(""),
        status.getOutages().stream()
            .map(o -> o.getReason() + " " + o.getStart() + " " + o.getEnd())
            .toList(),
        status.getConsecutiveFailures() == null || !status.getSources().isEmpty()
            ? 0
            : status.getConsecutiveFailures());
  }

  /** Leaves out whatever the fault does not need. */
  private static List<Step> shrunk(List<Step> steps, long seed) {
    List<Step> rest = new ArrayList<>(steps);
    for (int size = rest.size() / 2; size > 0; size /= 2) {
      for (int from = rest.size() - size; from > 0; from -= size) {
        List<Step> fewer = new ArrayList<>(rest);
        fewer.subList(from, Math.min(from + size, fewer.size())).clear();
        if (isPossible(fewer) && !fault(fewer, seed).isEmpty()) {
          rest = fewer;
        }
      }
    }
    return rest;
  }

  private static boolean isPossible(List<Step> steps) {
    boolean isAccepted = false;
    for (Step step : steps) {
      if (step instanceof Step.Accepted || step instanceof Step.Suspended) {
        isAccepted = step instanceof Step.Accepted;
      } else if (!isAccepted) {
        return false;
      }
    }
    return true;
  }
}
