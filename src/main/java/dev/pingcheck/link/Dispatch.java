package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.Roster.Seat;
import dev.pingcheck.plan.ProbePlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which probe is to ping which check, and when one hands over to the other: whoever pings a check
 * goes on until its successor has told of a round, so that no round is missing. One that both told
 * of counts once; that is the verdict's business.
 *
 * <p>Belongs to the link's thread.
 */
final class Dispatch implements AutoCloseable {
  /** Before it shares out anew an operator that begins to lead lets the central probes come. */
  static final Duration SETTLING = Duration.ofSeconds(5);

  private static final Duration TICK = Duration.ofSeconds(1);

  /** The stream of a probe that holds plans. */
  interface Holder {
    /** Who pings what has changed, perhaps. */
    void review();

    /** Somebody else pings that check now. */
    void release(String uid);

    /** The probe has another stream. */
    void end(String reason);
  }

  private final PlanBook book;
  private final Agenda thread;
  private final Clock clock;
  private final Roster roster = new Roster();
  private final Map<Seat, Holder> sessions = new HashMap<>();
  private final Map<String, Set<Holder>> waiting = new HashMap<>();
  private final Consumer<String> nodeChanged;
  private final Duration settling;
  private volatile boolean settled;
  private boolean ticking;

  /**
   * @param settling for how long central probes are not told anything
   */
  Dispatch(PlanBook book, Agenda thread, Clock clock, Duration settling) {
    this.book = book;
    this.thread = thread;
    this.clock = clock;
    nodeChanged = node -> thread.execute(() -> reviewNode(node));
    book.nodes().onChange(nodeChanged);
    this.settling = settling;
    book.onOpening(this::opens);
    opens();
  }

  private void opens() {
    settled = false;
    thread.schedule(this::settle, settling);
  }

  private void settle() {
    settled = true;
    review(seat -> !seat.isOnNode());
  }

  /** A probe has a stream; an older one of the same place is ended. */
  Seat join(Placement placement, String probe, Holder session) {
    Seat seat = Seat.of(placement, probe);
    Holder older = sessions.put(seat, session);
    roster.join(seat);
    if (older != null) {
      older.end("The probe has opened a newer stream.");
    }
    if (placement instanceof Placement.OnNode(String node, String pod)) {
      book.nodes().need();
      book.nodes().probeJoined(node);
    }
    if (placement instanceof Placement.Central) {
      book.share();
    }
    reviewOthers(seat);
    return seat;
  }

  /** How often the lead was lost: {@link PlanBook#timesWithheld}. */
  int timesWithheld() {
    return book.timesWithheld();
  }

  /** A probe begins no more rounds: where others share with it they take over at once. */
  void leaving(Seat seat) {
    if (seat.isCentral()) {
      roster.leave(seat);
      reviewOthers(seat);
    }
  }

  /**
   * The stream of a probe has ended.
   *
   * @param forGood whether the probe has said so itself
   */
  void leave(Seat seat, Holder session, boolean forGood) {
    waiting.values().forEach(sessionsOfOne -> sessionsOfOne.remove(session));
    waiting.values().removeIf(Set::isEmpty);
    if (!sessions.remove(seat, session)) {
      return;
    }
    if (forGood) {
      roster.leave(seat);
      reviewOthers(seat);
    } else {
      roster.breakOff(seat, clock.nanoTime());
      tickSoon();
    }
    tellIfEmpty(seat);
  }

  private void tickSoon() {
    if (!ticking) {
      ticking = true;
      thread.schedule(this::tick, TICK);
    }
  }

  /** Shares of short periods are not kept as long as others: so all are looked at, each second. */
  private void tick() {
    ticking = false;
    Set<String> incomplete = roster.incompleteGroups();
    roster.expire(clock.nanoTime());
    // A central check concerns whoever is on no node.
    boolean isCentral = incomplete.stream().anyMatch(Seat::isCentralGroup);
    review(seat -> incomplete.contains(seat.group()) || (isCentral && !seat.isOnNode()));
    book.nodes().withProbes().stream()
        .filter(node -> !roster.hasProbeIn(Roster.node(node)))
        .forEach(book.nodes()::probeLeft);
    if (!roster.incompleteGroups().isEmpty()) {
      tickSoon();
    }
  }

  private void tellIfEmpty(Seat seat) {
    book.nodes().withProbes().stream()
        .filter(node -> seat.group().equals(Roster.node(node)))
        .filter(node -> !roster.hasProbeIn(seat.group()))
        .forEach(book.nodes()::probeLeft);
  }

  private void reviewOthers(Seat changed) {
    if (changed.isOnNode()) {
      review(seat -> seat.group().equals(changed.group()) && !seat.equals(changed));
    } else {
      review(seat -> !seat.isOnNode() && !seat.equals(changed));
    }
  }

  private void reviewNode(String node) {
    review(node.isEmpty() ? Seat::isOnNode : seat -> seat.group().equals(Roster.node(node)));
  }

  private void review(Predicate<Seat> concerned) {
    List.copyOf(sessions.entrySet()).stream()
        .filter(entry -> concerned.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .forEach(Holder::review);
  }

  /** Whether a probe may be told its plans yet; until then it goes on with those that it has. */
  boolean mayLearn(Seat seat) {
    if (seat.isOnNode()) {
      return book.nodes().isKnown();
    }
    return settled || !seat.isCentral() || !book.isComplete();
  }

  /** Whether a check is to be pinged from there. */
  boolean owns(Seat seat, ProbePlan plan) {
    return owner(seat, plan).filter(seat::equals).isPresent();
  }

  /** Whether somebody else will ping the check, so that this one may wait for that. */
  boolean hasSuccessor(Seat seat, ProbePlan plan) {
    return owner(seat, plan).filter(owner -> !owner.equals(seat)).isPresent();
  }

  private Optional<Seat> owner(Seat asking, ProbePlan plan) {
    String uid = plan.check().uid();
    Duration period = plan.timing().period();
    if (plan.nodes().isEmpty()) {
      return asking.isOnNode() ? Optional.empty() : roster.central(uid, period, clock.nanoTime());
    }
    if (!asking.isOnNode()) {
      return Optional.empty();
    }
    String node = asking.group().substring(Roster.node("").length());
    return book.nodes().matches(node, plan.nodes())
        ? roster.winner(asking.group(), uid, period, clock.nanoTime())
        : Optional.empty();
  }

  /** A probe goes on with a check until its successor has told of a round. */
  void awaitSuccessor(String uid, Holder session) {
    waiting.computeIfAbsent(uid, u -> new HashSet<>()).add(session);
  }

  /** It is its own again, or not at all. */
  void waitsNoMore(String uid, Holder session) {
    Set<Holder> those = waiting.get(uid);
    if (those != null && those.remove(session) && those.isEmpty()) {
      waiting.remove(uid);
    }
  }

  boolean isWaiting(String uid, Holder session) {
    return waiting.getOrDefault(uid, Set.of()).contains(session);
  }

  /** A probe has told of a round: who has waited for that may let go. */
  void reported(Seat seat, String uid) {
    if (waiting.isEmpty() || !waiting.containsKey(uid)) {
      return;
    }
    if (book.find(uid).filter(plan -> owns(seat, plan)).isPresent()) {
      Objects.requireNonNull(waiting.remove(uid)).forEach(session -> session.release(uid));
    }
  }

  @Override
  public void close() {
    book.nodes().offChange(nodeChanged);
  }
}
