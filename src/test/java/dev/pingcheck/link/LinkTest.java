package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides over a real Unix domain socket. */
class LinkTest {
  private static final String PROBE = "9f3c21aa";

  @TempDir Path folder;
  private final PlanBook book = new PlanBook();
  private final FakeClock clock = new FakeClock();
  private final RecordingListener listener = new RecordingListener();
  private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());
  private final List<Runnable> held = Collections.synchronizedList(new ArrayList<>());
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private Path socket() {
    return folder.resolve("link.sock");
  }

  private void handleAndSave(Placement from, RoundReport report, Runnable safe) {
    handled.add(report.id().number());
    safe.run();
  }

  private void handleAndHold(Placement from, RoundReport report, Runnable safe) {
    handled.add(report.id().number());
    held.add(safe);
  }

  private LinkServer server(ReportHandler handler) throws IOException {
    LinkServer server = new LinkServer(socket(), book, handler, clock);
    server.start();
    opened.add(server);
    return server;
  }

  private static LinkClientLimits limits() {
    return limits(Duration.ofSeconds(2));
  }

  private static LinkClientLimits limits(Duration farewell) {
    LinkClientLimits defaults = LinkClientLimits.defaults();
    return new LinkClientLimits(
        defaults.reports(),
        defaults.reportBytes(),
        defaults.inFlight(),
        new LinkClientLimits.Backoff(Duration.ofMillis(10), Duration.ofMillis(50)),
        defaults.orphanedFor(),
        farewell);
  }

  private LinkClient client(String name, PlanListener plans) {
    LinkClient client = new LinkClient(socket(), name, plans, clock, limits());
    client.start();
    opened.add(client);
    return client;
  }

  private void putPlans(int first, int last) {
    IntStream.rangeClosed(first, last).forEach(number -> book.put(Samples.plan(number)));
  }

  private void awaitPlans() {
    await().untilAsserted(() -> assertThat(listener.plans()).isEqualTo(Set.copyOf(book.plans())));
  }

  @Test
  void aProbeGetsASnapshotAndThenOnlyWhatChanges() throws Exception {
    putPlans(1, 3);
    book.complete();
    server(this::handleAndSave);
    client(PROBE, listener);
    awaitPlans();
    assertThat(listener.deltas()).isZero();
    book.put(Samples.plan(4));
    book.put(Samples.plan(1, 2));
    book.remove("uid-2");
    awaitPlans();
    assertThat(listener.snapshots()).isEqualTo(1);
    assertThat(listener.deltas()).isEqualTo(3);
  }

  @Test
  void aProbeHearsOfNoPlansBeforeTheOperatorKnowsAll() throws Exception {
    LinkServer server = server(this::handleAndSave);
    LinkClient client = client(PROBE, listener);
    await().until(client::connected);
    putPlans(1, 2);
    client.report(Samples.report(PROBE, 1));
    await().until(() -> handled.size() == 1);
    assertThat(listener.snapshots()).isZero();
    assertThat(server.connectedProbes()).isEqualTo(1);
    book.complete();
    awaitPlans();
    assertThat(listener.snapshots()).isEqualTo(1);
  }

  @Test
  void whatAProbeLeavesUndoneIsToldToTheNextInItsPlaceOnce() throws Exception {
    book.complete();
    LinkServer server = server(this::handleAndSave);
    LinkClient first =
        new LinkClient(socket(), PROBE, listener, clock, limits(Duration.ofMinutes(1)));
    first.start();
    opened.add(first);
    await().until(first::connected);
    Instant begunUntil = clock.now().minusSeconds(1);
    first.leave(begunUntil);
    first.report(Samples.report(PROBE, 1));
    first.allTold();
    first.close();
    assertThat(server.awaitFarewell(Duration.ofSeconds(30), Duration.ofSeconds(30)))
        .contains(new Interruption(begunUntil, Optional.empty()));
    assertThat(handled).containsExactly(1L);
    client("second", listener);
    await().until(() -> listener.snapshots() == 2);
    assertThat(listener.interruption()).contains(new Interruption(begunUntil, Optional.empty()));
    client("third", listener);
    await().until(() -> listener.snapshots() == 3);
    assertThat(listener.interruption()).isEmpty();
  }

  @Test
  void roundsThatAProbeHasNotFinishedAreTakenAsBrokenOff() throws Exception {
    book.complete();
    LinkServer server = server(this::handleAndSave);
    LinkClient client = client(PROBE, listener);
    await().until(client::connected);
    client.leave(clock.now().plusSeconds(60)); // nobody knows the future
    client.close();
    assertThat(server.awaitFarewell(Duration.ofSeconds(30), Duration.ofSeconds(30)))
        .contains(new Interruption(clock.now(), Optional.of(clock.now())));
  }

  @Test
  void aProbeThatDoesNotEndIsNotWaitedFor() throws Exception {
    book.complete();
    LinkServer server = server(this::handleAndSave);
    await().until(client(PROBE, listener)::connected);
    assertThat(server.awaitFarewell(Duration.ofMillis(1), Duration.ofDays(1))).isEmpty();
  }

  @Test
  void aProbeThatEndsHearsOfNoMoreChanges() throws Exception {
    putPlans(1, 1);
    book.complete();
    server(this::handleAndSave);
    LinkClient client = client(PROBE, listener);
    awaitPlans();
    client.leave(clock.now());
    book.remove("uid-1");
    client.report(Samples.report(PROBE, 1));
    await().untilAsserted(() -> assertThat(handled).containsExactly(1L));
    client.close();
    assertThat(listener.plans()).hasSize(1);
    assertThat(listener.deltas()).isZero();
  }

  @Test
  void anOperatorThatTakesOverTellsItsProbeWhatTheOneBeforeHasLeft() throws Exception {
    server(this::handleAndSave);
    await().until(client(PROBE, listener)::connected);
    Interruption left = new Interruption(clock.now(), Optional.of(clock.now().plusSeconds(2)));
    book.complete(Optional.of(left));
    await().until(() -> listener.snapshots() == 1);
    assertThat(listener.interruption()).contains(left);
  }

  @Test
  void whoeverAsksAProbeLearnsWhetherItIsThere() throws Exception {
    EvidenceQuestion question = new EvidenceQuestion("uid-1", 17);
    LinkServer server = server(this::handleAndSave);
    LinkClient client = client(PROBE, listener);
    await().until(client::connected);
    assertThat(server.ask("another", question).get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(server.ask(PROBE, question).get(30, TimeUnit.SECONDS)).isTrue();
    client.close();
    await().until(() -> server.connectedProbes() == 0);
    assertThat(server.ask(PROBE, question).get(30, TimeUnit.SECONDS)).isFalse();
    server.close();
    assertThat(server.ask(PROBE, question).get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aProbeThatIsThereFirstWaitsForTheOperator() throws Exception {
    LinkClient client = client(PROBE, listener);
    client.report(Samples.report(PROBE, 1));
    assertThat(client.connected()).isFalse();
    book.complete();
    server(this::handleAndSave);
    await().until(client::connected);
    await().untilAsserted(() -> assertThat(handled).containsExactly(1L));
  }

  @Test
  void tenThousandPlansArriveAsASnapshotAndAsAStorm() throws Exception {
    putPlans(1, 10_000);
    book.complete();
    server(this::handleAndSave);
    client(PROBE, listener);
    awaitPlans();
    assertThat(listener.snapshots()).isEqualTo(1);
    IntStream.rangeClosed(1, 10_000).forEach(number -> book.put(Samples.plan(number, 2)));
    putPlans(10_001, 20_000);
    awaitPlans();
    assertThat(listener.plans()).hasSize(20_000);
  }

  @Test
  void aProbeThatTakesNothingForLongGetsAFreshSnapshotAndNotEveryChange() throws Exception {
    book.complete();
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RecordingListener slow = listener;
    server(this::handleAndSave);
    client(
        PROBE,
        new PlanListener() {
          @Override
          public void snapshot(
              java.util.Collection<dev.pingcheck.plan.ProbePlan> plans,
              Optional<dev.pingcheck.plan.Interruption> missed) {
            slow.snapshot(plans, missed);
          }

          @Override
          public void put(dev.pingcheck.plan.ProbePlan plan) {
            slow.put(plan);
            blocked.countDown();
            try {
              assertThat(release.await(120, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void removed(String uid) {
            slow.removed(uid);
          }
        });
    await().until(() -> slow.snapshots() == 1);
    book.put(Samples.plan(1));
    assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
    int changes = 3 * PlanBook.DEFAULT_HISTORY;
    for (int generation = 2; generation <= changes; generation++) {
      book.put(Samples.plan(generation % 100, generation));
    }
    release.countDown();
    awaitPlans();
    assertThat(slow.snapshots()).isGreaterThanOrEqualTo(2);
    assertThat(slow.deltas()).isLessThan(changes);
  }

  @Test
  void reportsArriveInOrderAndAreForgottenOnceSafe() throws Exception {
    book.complete();
    server(this::handleAndHold);
    LinkClient client = client(PROBE, listener);
    LongStream.rangeClosed(1, 50).forEach(n -> client.report(Samples.report(PROBE, n)));
    await().until(() -> held.size() == 50);
    assertThat(handled).containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
    held.reversed().forEach(Runnable::run);
    client.close();
    assertThat(client.dropped()).isZero();
  }

  @Test
  void unsafeReportsAreHeldBackByTheProbeAboveTheLimitInFlight() throws Exception {
    book.complete();
    server(this::handleAndHold);
    LinkClient client = client(PROBE, listener);
    LongStream.rangeClosed(1, 2000).forEach(n -> client.report(Samples.report(PROBE, n)));
    await().until(() -> held.size() == 512);
    held.removeFirst().run();
    await().until(() -> held.size() == 512);
    assertThat(handled).hasSize(513);
  }

  @Test
  void aReportSentAgainAfterABreakIsHandedOverOnceAndAcknowledged() throws Exception {
    book.complete();
    server(this::handleAndHold);
    LinkClient client = client(PROBE, listener);
    client.report(Samples.report(PROBE, 1));
    client.report(Samples.report(PROBE, 2));
    await().until(() -> held.size() == 2);
    breakOff();
    client.report(Samples.report(PROBE, 3));
    await().until(() -> held.size() == 3);
    assertThat(handled).containsExactly(1L, 2L, 3L);
    held.forEach(Runnable::run);
    client.close();
    assertThat(handled).containsExactly(1L, 2L, 3L);
  }

  /** A second stream of the same probe pushes the first out; its client dials again. */
  private void breakOff() throws Exception {
    LinkClient usurper = client(PROBE, new RecordingListener());
    await().until(usurper::connected);
    usurper.close();
  }

  @Test
  void aProbeThatComesAgainAfterTheLeadWasLostHandsOverAgainWhatWasNotSafe() throws Exception {
    book.complete();
    server(this::handleAndHold);
    LinkClient client = client(PROBE, listener);
    client.report(Samples.report(PROBE, 1));
    client.report(Samples.report(PROBE, 2));
    await().until(() -> held.size() == 2);
    held.removeFirst().run();
    book.withhold();
    book.complete();
    breakOff();
    await().untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L, 2L));
    held.removeLast().run();
  }

  @Test
  void aHandlerThatThrowsLosesOneReportAndNotTheStream() throws Exception {
    book.complete();
    server((from, report, safe) -> {
      if (report.id().number() == 1) {
        throw new IllegalStateException("broken on purpose");
      }
      handleAndSave(new Placement.Beside(), report, safe);
    });
    LinkClient client = client(PROBE, listener);
    client.report(Samples.report(PROBE, 1));
    client.report(Samples.report(PROBE, 2));
    await().untilAsserted(() -> assertThat(handled).containsExactly(2L));
    assertThat(client.connected()).isTrue();
  }

  @Test
  void aRestartedOperatorGetsWhatItsPredecessorHadNotMadeSafe() throws Exception {
    putPlans(1, 2);
    book.complete();
    LinkServer first = server(this::handleAndHold);
    LinkClient client = client(PROBE, listener);
    client.report(Samples.report(PROBE, 1));
    client.report(Samples.report(PROBE, 2));
    await().until(() -> held.size() == 2);
    held.getFirst().run();
    await().until(() -> listener.snapshots() == 1);
    first.close();
    await().until(() -> !client.connected());
    client.report(Samples.report(PROBE, 3));
    handled.clear();
    server(this::handleAndSave);
    await().until(() -> handled.contains(3L));
    assertThat(handled).endsWith(2L, 3L);
    awaitPlans();
  }

  @Test
  void aProbeWithoutOperatorGoesOnForABoundedTimeAndResumes() throws Exception {
    putPlans(1, 2);
    book.complete();
    LinkServer first = server(this::handleAndSave);
    LinkClient client = client(PROBE, listener);
    awaitPlans();
    first.close();
    await().until(() -> !client.connected());
    clock.advance(Duration.ofMinutes(10).minusNanos(1));
    await().during(Duration.ofMillis(700)).until(() -> listener.plans().size() == 2);
    clock.advance(Duration.ofNanos(1));
    await().until(() -> listener.plans().isEmpty());
    assertThat(listener.snapshots()).isEqualTo(2);
    server(this::handleAndSave);
    awaitPlans();
    assertThat(listener.snapshots()).isEqualTo(3);
  }

  @Test
  void severalProbesShareThePlansAndAreCounted() throws Exception {
    putPlans(1, 50);
    book.complete();
    LinkServer server = server(this::handleAndSave);
    RecordingListener other = new RecordingListener();
    LinkClient one = client("aaaaaaaa", listener);
    LinkClient two = client("bbbbbbbb", other);
    await().until(() -> server.connectedProbes() == 2 && other.snapshots() == 1);
    one.report(Samples.report("aaaaaaaa", 1));
    two.report(Samples.report("bbbbbbbb", 1));
    await().until(() -> handled.size() == 2);
    await().until(() -> !listener.plans().isEmpty() && !other.plans().isEmpty());
    two.close();
    await().until(() -> server.connectedProbes() == 1);
    awaitPlans();
  }

  @Test
  void closingAProbeSendsItsLastReports() throws Exception {
    book.complete();
    server(this::handleAndSave);
    LinkClient client =
        new LinkClient(socket(), PROBE, listener, clock, limits(Duration.ofMinutes(1)));
    client.start();
    await().until(client::connected);
    LongStream.rangeClosed(1, 3000).forEach(n -> client.report(Samples.report(PROBE, n)));
    client.close();
    assertThat(handled).hasSize(3000).doesNotHaveDuplicates();
  }

  @Test
  void closingAProbeWithoutOperatorDoesNotWait() {
    LinkClientLimits patient =
        new LinkClientLimits(
            10, 10_000, 10, limits().backoff(), Duration.ofHours(1), Duration.ofHours(1));
    LinkClient client = new LinkClient(socket(), PROBE, listener, Clock.system(), patient);
    client.start();
    client.report(Samples.report(PROBE, 1));
    client.close();
    assertThat(client.connected()).isFalse();
  }
}
