package dev.pingcheck.report;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.log.LogLine;
import dev.pingcheck.verdict.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs one line for each stored status that has other conditions than the one before: the condition
 * that says most, and the others in a field. A check that is well at first sight is none, so that
 * ten thousand new ones are not ten thousand lines.
 *
 * <p>It keeps a few bits a check and no status: memory for whole ones would be most of the heap.
 */
final class Transitions {
  private static final System.Logger LOG = System.getLogger(Transitions.class.getName());

  private static final int BITS = 3;
  private static final int MASK = (1 << BITS) - 1;

  /** What a condition was; a code of its own where the reason makes another state of it. */
  private enum State {
    ABSENT("Unknown"),
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown"),
    PENDING("Unknown"),
    SUSPENDED("Suspended"),
    /** Follows from Accepted, which is told. */
    PAUSED("Unknown");

    private final String text;

    State(String text) {
      this.text = text;
    }

    boolean isNew() {
      return this == ABSENT || this == PENDING;
    }
  }

  /** The order in which one condition says more than another. */
  private static final List<ConditionType> MOST_TELLING =
      List.of(
          ConditionType.ACCEPTED,
          ConditionType.HEALTHY,
          ConditionType.RESOLVED,
          ConditionType.REACHABLE,
          ConditionType.ON_SCHEDULE);

  private Transitions() {}

  /** The conditions of a status, three bits each. */
  static int states(PingCheckStatus status) {
    int states = 0;
    for (ConditionType type : ConditionType.values()) {
      states |= state(find(status, type)).ordinal() << (BITS * type.ordinal());
    }
    return states;
  }

  /**
   * Logs what has turned.
   *
   * @param before the conditions that were stored before, as {@link #states}
   * @param after what is stored now
   * @param byRound whether a round has brought it about
   */
  static void tell(PingCheck check, int before, PingCheckStatus after, boolean byRound) {
    if (states(after) == before) {
      return;
    }
    List<ConditionType> turned =
        MOST_TELLING.stream().filter(type -> isWorthALine(type, before, after)).toList();
    if (!turned.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO, LogLine.FORMAT, line(check, before, after, turned, byRound));
    }
  }

  private static boolean isWorthALine(ConditionType type, int before, PingCheckStatus after) {
    State was = was(before, type);
    State is = state(find(after, type));
    boolean isWell = is == State.TRUE || is.isNew();
    return was != is && is != State.PAUSED && !(isWell && (was.isNew() || was == State.PAUSED));
  }

  private static LogLine line(
      PingCheck check,
      int before,
      PingCheckStatus after,
      List<ConditionType> turned,
      boolean byRound) {
    ObjectMeta of = check.getMetadata();
    ConditionType most = turned.getFirst();
    String from = was(before, most).text;
    Condition now = find(after, most).orElseThrow();
    String to = state(Optional.of(now)).text;
    String sentence =
        "%s/%s: %s %s to %s, %s: %s"
            .formatted(
                of.getNamespace(),
                of.getName(),
                most.text(),
                from,
                to,
                now.getReason(),
                now.getMessage());
    return LogLine.about(of.getNamespace(), of.getName(), of.getUid(), sentence)
        .with("condition", most.text())
        .with("from", from)
        .with("to", to)
        .with("reason", now.getReason())
        .with("round", byRound ? round(after) : "")
        .with("also", also(turned, after));
  }

  private static String also(List<ConditionType> turned, PingCheckStatus after) {
    List<String> others = new ArrayList<>();
    for (ConditionType type : turned.subList(1, turned.size())) {
      others.add(type.text() + " " + state(find(after, type)).text);
    }
    return String.join(", ", others);
  }

  private static String round(PingCheckStatus status) {
    return status.getLastRound() == null
        ? ""
        : Objects.requireNonNullElse(status.getLastRound().getId(), "");
  }

  private static State was(int states, ConditionType type) {
    return State.values()[(states >> (BITS * type.ordinal())) & MASK];
  }

  private static Optional<Condition> find(PingCheckStatus status, ConditionType type) {
    return status.getConditions().stream().filter(c -> type.text().equals(c.getType())).findFirst();
  }

  private static State state(Optional<Condition> condition) {
    if (condition.isEmpty()) {
      return State.ABSENT;
    }
    String reason = condition.get().getReason();
    return switch (condition.get().getStatus()) {
      case "True" -> reason.equals("Suspended") ? State.SUSPENDED : State.TRUE;
      case "False" -> State.FALSE;
      default ->
          switch (reason) {
            case "Pending" -> State.PENDING;
            case "Suspended", "NotAccepted" -> State.PAUSED;
            default -> State.UNKNOWN;
          };
    };
  }
}
