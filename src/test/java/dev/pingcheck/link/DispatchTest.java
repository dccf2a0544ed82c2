package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.Placement.Beside;
import dev.pingcheck.link.Placement.Central;
import dev.pingcheck.link.Placement.OnNode;
import dev.pingcheck.plan.NodeSelector;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.stats.ReportBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of every kind over real sockets: who is told to ping what, and when. */
class DispatchTest {
  private static final int CHECKS = 1000;

  @TempDir Path folder;
  private final PlanBook book = new PlanBook();
  private final Map<String, Placement> toldBy = new ConcurrentHashMap<>();
  private final List<Probe> probes = new ArrayList<>();
  private PlacedLink link;

  /** A probe that pings nothing and knows what it should. */
  private final class Probe implements AutoCloseable {
    private final String name = "probe-" + probes.size();
    private final RecordingListener heard = new RecordingListener();
    private final LinkClient client;
    private long rounds;

    Probe(Placement placement) throws IOException {
      this(link.socket(placement));
    }

    Probe(Path socket) {
      LinkClientLimits usual = LinkClientLimits.defaults();
      LinkClientLimits eager =
          new LinkClientLimits(
              usual.reports(),
              usual.reportBytes(),
              usual.inFlight(),
              new LinkClientLimits.Backoff(Duration.ofMillis(10), Duration.ofMillis(50)),
              usual.orphanedFor(),
              usual.farewell());
      client = new LinkClient(socket, name, heard, Clock.system(), eager);
      client.start();
      probes.add(this);
    }

    Set<String> checks() {
      return heard.plans().stream().map(plan -> plan.check().uid()).collect(Collectors.toSet());
    }

    /** Tells of a round of each of its checks. */
    void report() {
      checks()
          .forEach(uid -> {
            rounds++;
            client.report(ReportBuilder.like(Samples.report(name, rounds)).of(uid).build());
          });
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    link =
        new PlacedLink(
            folder,
            book,
            (from, report, safe) -> {
              toldBy.put(report.checkUid(), from);
              safe.run();
            },
            Clock.system(),
            Duration.ofMillis(100));
  }

  @AfterEach
  void closeAll() throws InterruptedException {
    probes.forEach(Probe::close);
    link.close();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private void plan(int checks) {
    IntStream.range(0, checks).forEach(number -> book.put(Samples.plan(number)));
    book.complete();
  }

  private static ProbePlan onNodes(int number, String key, String value) {
    return Samples.plan(number).withNodes(new NodeSelector(Map.of(key, value)));
  }

  private Map<String, Probe> holders(List<Probe> all) {
    Map<String, Probe> holders = new HashMap<>();
    all.forEach(
        probe -> probe.checks().forEach(uid -> assertThat(holders.put(uid, probe)).isNull()));
    return holders;
  }

  private static int plansOf(List<Probe> all) {
    return all.stream().mapToInt(probe -> probe.checks().size()).sum();
  }

  /** Waits until each check has exactly one of these probes, all of which tell of rounds. */
  private Map<String, Probe> shared(List<Probe> all) {
    eventually()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          boolean isShared =
              plansOf(all) == CHECKS && all.stream().noneMatch(probe -> probe.checks().isEmpty());
          if (!isShared) {
            all.forEach(Probe::report);
          }
          return isShared;
        });
    Map<String, Probe> holders = holders(all);
    assertThat(holders).hasSize(CHECKS);
    return holders;
  }

  private List<Probe> central(int count) throws IOException {
    List<Probe> all = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      all.add(new Probe(new Central("central-" + number)));
    }
    eventually().until(() -> link.connected() == count);
    return all;
  }

  @Test
  void aFourthCentralProbeTakesAQuarterOnceItHasToldOfARoundAndNothingElseMoves() throws Exception {
    plan(CHECKS);
    List<Probe> all = central(3);
    Map<String, Probe> before = shared(all);
    List<Set<String>> held = all.stream().map(Probe::checks).toList();

    Probe fourth = new Probe(new Central("central-3"));
    eventually().until(() -> fourth.heard.snapshots() == 1 && fourth.checks().size() > 1);
    Set<String> moving = fourth.checks();
    assertThat(moving).hasSizeBetween(200, 300);
    // No round may be missing: who had them goes on.
    assertThat(all.stream().map(Probe::checks).toList()).isEqualTo(held);

    fourth.report();
    all.add(fourth);
    Map<String, Probe> after = shared(all);
    after.forEach((uid, probe) ->
        assertThat(probe).isEqualTo(moving.contains(uid) ? fourth : before.get(uid)));
    fourth.report(); // another one may have told of it while it still had it
    String one = moving.iterator().next();
    eventually()
        .untilAsserted(() -> assertThat(toldBy.get(one)).isEqualTo(new Central("central-3")));
  }

  @Test
  void theShareOfAProbeThatEndsGoesToTheOthersAtOnce() throws Exception {
    plan(CHECKS);
    List<Probe> all = central(3);
    Map<String, Probe> before = shared(all);
    Probe gone = all.removeFirst();
    Set<String> left = gone.checks();
    gone.close();
    eventually().until(() -> plansOf(all) == CHECKS);
    holders(all)
        .forEach((uid, probe) -> {
          if (!left.contains(uid)) {
            assertThat(probe).isEqualTo(before.get(uid));
          }
        });
  }

  @Test
  void aShortBreakOfAStreamMovesNothingAndALongOneMovesOnlyThatShare() throws Exception {
    plan(CHECKS);
    List<Probe> all = central(2);
    Path relayed = folder.resolve("relay.sock");
    try (CuttingRelay relay =
        new CuttingRelay(relayed, link.socket(new Central("central-2")), Long.MAX_VALUE)) {
      relay.heal();
      Probe cut = new Probe(relayed);
      eventually().until(() -> link.connected() == 3);
      all.forEach(Probe::report);
      eventually().until(() -> !cut.checks().isEmpty());
      cut.report();
      all.add(cut);
      shared(all);
      List<Integer> changes = all.stream().map(probe -> probe.heard.deltas()).toList();
      relay.cutAll();
      eventually().until(() -> cut.heard.snapshots() == 2);
      Thread.sleep(2000); // a second look at the roster comes and goes
      assertThat(all.stream().map(probe -> probe.heard.deltas()).toList()).isEqualTo(changes);
    }
    // The relay is gone, and so is the way to the operator.
    all.removeLast();
    assertThat(shared(all)).hasSize(CHECKS);
  }

  @Test
  void theProbeBesideTheOperatorRestsWhileThereIsACentralOne() throws Exception {
    plan(CHECKS);
    Probe beside = new Probe(new Beside());
    eventually().until(() -> beside.checks().size() == CHECKS);
    Probe central = new Probe(new Central("central-1"));
    eventually().until(() -> central.checks().size() == CHECKS);
    assertThat(beside.checks()).hasSize(CHECKS);
    central.report();
    eventually().until(() -> beside.checks().isEmpty());
    central.close();
    eventually().until(() -> beside.checks().size() == CHECKS);
  }

  @Test
  void aSecondStreamOfTheSamePodTakesThePlaceOfTheFirst() throws Exception {
    plan(CHECKS);
    Placement pod = new Central("central-1");
    Path relayed = folder.resolve("relay.sock");
    try (CuttingRelay relay = new CuttingRelay(relayed, link.socket(pod), 1)) {
      relay.heal();
      Probe first = new Probe(relayed);
      eventually().until(() -> first.checks().size() == CHECKS);
    }
    Probe next = new Probe(pod);
    eventually().until(() -> next.checks().size() == CHECKS);
    assertThat(link.connected()).isEqualTo(1);
  }

  @Test
  void fiftyNodesGetThePlansThatTheirLabelsAskForAndLoseThemWithTheLabels() throws Exception {
    for (int zone = 0; zone < 5; zone++) {
      book.put(onNodes(zone, "zone", "z" + zone));
    }
    book.put(onNodes(5, "all", "yes"));
    book.put(Samples.plan(6));
    book.complete();
    List<Probe> nodes = new ArrayList<>();
    for (int node = 0; node < 50; node++) {
      nodes.add(new Probe(new OnNode("node-" + node, "probe-" + node)));
    }
    eventually().until(() -> link.connected() == 50);
    // Nobody is told "nothing" before the labels are known: a probe with old plans goes on.
    assertThat(nodes).allSatisfy(node -> assertThat(node.heard.snapshots()).isZero());
    for (int node = 0; node < 50; node++) {
      book.nodes().label("node-" + node, Map.of("zone", "z" + node % 5, "all", "yes"));
    }
    book.nodes().complete();
    for (int node = 0; node < 50; node++) {
      Probe probe = nodes.get(node);
      Set<String> its = Set.of("uid-" + node % 5, "uid-5");
      eventually().untilAsserted(() -> assertThat(probe.checks()).isEqualTo(its));
    }
    assertThat(book.nodes().reporting(new NodeSelector(Map.of("zone", "z3")))).hasSize(10);

    book.nodes().label("node-0", Map.of("zone", "z1"));
    eventually().untilAsserted(() -> assertThat(nodes.get(0).checks()).containsExactly("uid-1"));
    book.nodes().forget("node-1");
    eventually().untilAsserted(() -> assertThat(nodes.get(1).checks()).isEmpty());
    book.put(onNodes(2, "zone", "z1"));
    eventually()
        .untilAsserted(() -> assertThat(nodes.get(0).checks()).containsOnly("uid-1", "uid-2"));
    eventually().untilAsserted(() -> assertThat(nodes.get(2).checks()).containsExactly("uid-5"));
    nodes.get(3).close();
    eventually()
        .until(() -> book.nodes().reporting(new NodeSelector(Map.of("zone", "z3"))).size() == 9);
  }

  @Test
  void aBookThatIsWithheldTellsNobodyAnything() throws Exception {
    plan(10);
    book.put(onNodes(10, "zone", "a"));
    book.nodes().label("node-1", Map.of("zone", "a"));
    book.nodes().complete();
    Probe central = new Probe(new Central("central-1"));
    Probe onNode = new Probe(new OnNode("node-1", "probe-1"));
    eventually().until(() -> central.checks().size() == 10 && onNode.checks().size() == 1);
    book.withhold();
    eventually().until(() -> central.checks().isEmpty() && onNode.checks().isEmpty());
    Probe late = new Probe(new Central("central-2"));
    eventually().until(() -> late.heard.snapshots() == 1);
    assertThat(late.checks()).isEmpty();
    book.complete();
    eventually().until(() -> onNode.checks().size() == 1);
    Set<String> all = new HashSet<>();
    eventually()
        .until(() -> {
          all.addAll(central.checks());
          all.addAll(late.checks());
          return all.size() == 10;
        });
  }

  @Test
  void centralProbesGoOnWithWhatTheyHaveUntilAllHadTimeToComeBack() throws Exception {
    link.close();
    link =
        new PlacedLink(
            folder, book, (from, report, safe) -> safe.run(), Clock.system(), Duration.ofHours(1));
    plan(CHECKS);
    Probe beside = new Probe(new Beside());
    eventually().until(() -> beside.checks().size() == CHECKS);
    Probe central = new Probe(new Central("central-1"));
    eventually().until(() -> central.client.connected());
    central.client.report(Samples.report(central.name, 1));
    eventually().until(() -> beside.heard.deltas() == 1); // it pings that one, and is heard
    assertThat(central.heard.snapshots()).isZero();
    assertThat(beside.checks()).hasSize(CHECKS - 1);
    book.withhold();
    eventually().until(() -> central.heard.snapshots() == 1);
    assertThat(central.checks()).isEmpty();
  }

  @Test
  void aCentralProbeThatTakesLeaveIsFollowedBeforeItHasGone() throws Exception {
    plan(CHECKS);
    Probe leaving = new Probe(new Placement.Central("a"));
    Probe staying = new Probe(new Placement.Central("b"));
    shared(List.of(leaving, staying));

    leaving.client.leave(Instant.now());

    eventually().until(() -> staying.checks().size() == CHECKS);
    assertThat(leaving.client.connected()).as("its last rounds are still to be told").isTrue();
    assertThat(leaving.checks()).as("it finishes what it has begun").isNotEmpty();

    leaving.close();
    eventually().until(() -> !leaving.client.connected());
    Probe next = new Probe(new Placement.Central("c"));
    eventually().until(() -> next.heard.snapshots() == 1);
    assertThat(next.heard.interruption()).as("nothing was missed").isEmpty();
  }
}
