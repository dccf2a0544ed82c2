package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.peer;
import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoEngineTest {
  private static final long MS = 1_000_000;

  private final EngineFixture f = new EngineFixture();

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
  void answeredRoundHasAllRoundTripTimesInTheOrderOfItsRequests(String address) {
    Sent request = f.startRound(plan("u", address, 3, "PT1S PT30S PT2S")).getFirst();
    for (int rtt = 10; rtt <= 30; rtt += 10) {
      f.clock.advance(Duration.ofMillis(rtt));
      f.reply(request);
      f.turns();
      List<Sent> next = f.after("PT%.3fS".formatted(1 - rtt / 1000.0));
      request = next.isEmpty() ? request : next.getFirst();
    }
    AddressRound round = f.round();
    assertThat(round.address()).isEqualTo(address);
    assertThat(round.replies().rtts()).containsExactly(10 * MS, 20 * MS, 30 * MS);
    assertThat(round.lost()).isEmpty();
    assertThat(round.strays()).isEqualTo(Strays.NONE);
    assertThat(f.reports.getFirst().id()).isEqualTo(new RoundId("c0ffee", 1));
    assertThat(f.reports.getFirst().resolution().state()).isEqualTo(Resolution.State.LITERAL);
  }

  @Test
  void eachRequestHasItsOwnTimeoutFromItsOwnSend() {
    f.startRound(plan());
    assertThat(f.after("PT1S")).hasSize(1);
    assertThat(f.after("PT1S")).hasSize(1);
    assertThat(f.loop.counters().lost.sum()).isEqualTo(1);
    assertThat(f.after("PT1S")).hasSize(1);
    f.after("PT1.999999999S");
    assertThat(f.loop.counters().lost.sum()).isEqualTo(3);
    assertThat(f.reports).isEmpty();
    f.after("PT0.000000001S");
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 4));
    assertThat(f.round().lastTimeout()).contains(f.clock.now());
    assertThat(f.round().lossPercent()).isEqualTo(100);
  }

  @Test
  void engineThatRestsFinishesWhatHasBegunAndBeginsNothing() {
    f.startRound(plan());
    f.engine.rest();
    assertThat(f.after("PT1S")).hasSize(1);
    assertThat(f.engine.isQuiet()).isFalse();
    f.after("PT1S");
    f.after("PT1S");
    f.after("PT2S");
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 4));
    assertThat(f.engine.isQuiet()).isTrue();
    assertThat(f.after("PT60S")).isEmpty();
  }

  @Test
  void roundThatIsDueWhenTheEngineIsToRestStillBegins() {
    f.engine.put(plan());
    f.turns();
    f.clock.advance(Duration.ofNanos(Phase.delay("uid-1", Duration.ofSeconds(30), f.clock.now())));
    f.engine.rest();
    assertThat(f.engine.isQuiet()).isFalse();
    assertThat(f.after("PT0S")).hasSize(1);
  }

  @Test
  void engineThatDropsItsPlansWhileItRestsIsQuiet() {
    f.startRound(plan());
    f.engine.rest();
    f.engine.remove("uid-1");
    f.turns();
    assertThat(f.engine.isQuiet()).isTrue();
  }

  @Test
  void roundThatAnInterruptionHasCostIsMadeUpForByAsMuchLater() {
    long untilNext = Phase.delay("uid-1", Duration.ofSeconds(30), f.clock.now());
    f.clock.advance(Duration.ofNanos(untilNext).plusSeconds(1)); // it was due a second ago
    Instant since = f.clock.now().minusSeconds(4);
    f.engine.replaceAll(List.of(plan()), Optional.of(new Interruption(since, Optional.empty())));
    f.turns();
    assertThat(f.after("PT2.999S")).isEmpty();
    assertThat(f.after("PT0.001S")).hasSize(1);
    f.after("PT1S");
    f.after("PT1S");
    f.after("PT1S");
    f.after("PT2S");
    assertThat(f.reports).hasSize(1);
    assertThat(f.after("PT20.999S")).isEmpty();
    assertThat(f.after("PT0.001S")).as("the next regular one").hasSize(1);
  }

  @Test
  void checkThatGoesOnMakesUpForNothing() {
    f.startRound(plan());
    for (int i = 0; i < 10; i++) {
      f.after("PT1S");
    }
    f.engine.replaceAll(
        List.of(plan()),
        Optional.of(new Interruption(f.clock.now().minusSeconds(20), Optional.empty())));
    assertThat(f.after("PT10S")).isEmpty();
  }

  @Test
  void checkThatIsDroppedMakesUpForNothing() {
    long untilNext = Phase.delay("uid-1", Duration.ofSeconds(30), f.clock.now());
    f.clock.advance(Duration.ofNanos(untilNext).plusSeconds(1));
    f.engine.replaceAll(
        List.of(plan()),
        Optional.of(new Interruption(f.clock.now().minusSeconds(4), Optional.empty())));
    f.turns();
    f.engine.remove("uid-1");
    assertThat(f.after("PT10S")).isEmpty();
  }

  @Test
  void lateReplyIsCountedLateAndNeverAsReceived() {
    List<Sent> all = new ArrayList<>(f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S")));
    all.addAll(f.after("PT1S"));
    f.after("PT1.1S");
    f.reply(all.get(0));
    f.reply(all.get(1));
    f.turns();
    assertThat(f.round().replies().rtts()).containsExactly(1100 * MS);
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
    assertThat(f.round().strays()).isEqualTo(Strays.of(StrayKind.LATE, 1));
  }

  @ParameterizedTest
  @CsvSource({"PT2S, 1, 0", "PT2.000000001S, 0, 1"})
  void replyReadTogetherWithItsTimeoutIsJudgedByItsArrival(String rtt, int received, int late) {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    f.clock.advance(Duration.parse(rtt));
    f.reply(request);
    f.after("PT0.001S");
    // A late packet settles its round first, and counts in the next.
    f.after("PT27.999S");
    f.after("PT3S");
    assertThat(f.reports.getFirst().addresses().getFirst().received()).isEqualTo(received);
    assertThat(f.reports.get(1).addresses().getFirst().strays())
        .isEqualTo(Strays.of(StrayKind.LATE, late));
  }

  @ParameterizedTest
  @CsvSource({"2001:db8::1, 1", "198.51.100.1, 0"})
  void timeoutWaitsForWhatIsUnreadOfItsOwnFamilyAlone(String stranger, int reports) {
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S"));
    for (int i = 0; i < 1_000; i++) { // more than the turns below read
      f.deliver(peer(stranger), new byte[8]);
    }
    f.after("PT2S");
    assertThat(f.reports).hasSize(reports);
    for (int i = 0; i < 10; i++) {
      f.after("PT0.01S");
    }
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.1, PT2.011S, 1",
    "192.0.2.1, 198.51.100.1, PT2.009S, 0",
    "2001:db8::2, 2001:db8::1, PT2.011S, 1",
    "2001:db8::2, 2001:db8::1, PT2.009S, 0",
    "2001:db8::2, 198.51.100.1, PT2S, 1",
  })
  void timeoutIsToldDuringAFloodOnceAllThatCameBeforeItIsRead(
      String host, String stranger, String begins, int reports) {
    f.startRound(plan("u", host, 1, "PT1S PT30S PT2S"));
    flood(stranger, begins);
    assertThat(f.reports).hasSize(reports);
  }

  @Test
  void timeoutIsNotToldByAFloodOfWhichNobodyKnowsWhenItCame() {
    f.port.withoutStamps();
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S"));
    flood("198.51.100.1", "PT3S");
    assertThat(f.reports).isEmpty();
  }

  @Test
  void timeoutIsNotToldByAFloodOfOnePingSocketOfSeveral() {
    f.port.isOf(SocketKind.PING);
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S"));
    flood("198.51.100.1", "PT3S");
    assertThat(f.reports).isEmpty();
  }

  /** More than a turn reads, all of which come after that time. */
  private void flood(String stranger, String begins) {
    f.clock.advance(Duration.parse(begins));
    for (int i = 0; i < 1_000; i++) {
      f.deliver(peer(stranger), new byte[8]);
    }
    f.turns();
  }

  @Test
  void lateReplyAfterTheReportCountsInTheNextRound() {
    ProbePlan plan = plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S");
    Sent request = f.startRound(plan).getFirst();
    f.after("PT3S");
    f.reply(request);
    f.reply(request);
    f.turns();
    f.after("PT27S");
    f.after("PT2S");
    assertThat(f.reports).hasSize(2);
    assertThat(f.reports.get(0).addresses().getFirst().strays()).isEqualTo(Strays.NONE);
    assertThat(f.reports.get(1).addresses().getFirst().strays())
        .isEqualTo(Strays.of(StrayKind.LATE, 1).and(StrayKind.DUPLICATE, 1));
    assertThat(f.reports.get(1).id().number()).isEqualTo(2);
  }

  @Test
  void duplicateIsCountedOnceAsReceivedAndOnceAsDuplicate() {
    Sent request = f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S")).getFirst();
    f.reply(request);
    f.reply(request);
    f.reply(request);
    f.reply(f.after("PT1S").getFirst());
    f.turns();
    assertThat(f.round().received()).isEqualTo(2);
    assertThat(f.round().strays()).isEqualTo(Strays.of(StrayKind.DUPLICATE, 2));
  }

  @Test
  void repliesInAnyOrderFindTheirRequests() {
    List<Sent> all = new ArrayList<>(f.startRound(plan()));
    for (int i = 0; i < 3; i++) {
      all.addAll(f.after("PT0.5S"));
      all.addAll(f.after("PT0.5S"));
      if (i == 0) {
        f.reply(all.get(1));
        f.reply(all.get(0));
      }
    }
    f.reply(all.get(3));
    f.reply(all.get(2));
    f.turns();
    assertThat(f.round().replies().rtts()).containsExactly(1000 * MS, 0L, 1000 * MS, 0L);
  }

  @Test
  void corruptAndTruncatedRepliesAreCountedApart() {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    byte[] reply = TestPackets.reply(request.message());
    byte[] wrongChecksum = reply.clone();
    wrongChecksum[40] ^= 1;
    f.deliver(request.to(), wrongChecksum);
    byte[] altered = reply.clone();
    altered[40] ^= 1;
    f.deliver(request.to(), TestPackets.sealed(altered));
    f.deliver(request.to(), TestPackets.sealed(Arrays.copyOf(reply, 60)));
    f.deliver(request.to(), TestPackets.sealed(Arrays.copyOf(reply, 12)));
    f.turns();
    f.after("PT2S");
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
    assertThat(f.round().strays())
        .isEqualTo(Strays.of(StrayKind.CORRUPT, 2).and(StrayKind.TRUNCATED, 2));
  }

  @Test
  void wrongSourceCookieOrNumberIsForgedAndOtherPingersDoNotCount() {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    byte[] reply = TestPackets.reply(request.message());
    f.deliver(peer("192.0.2.2"), reply);
    f.deliver(peer("2001:db8::1"), TestPackets.reply(replaced(request.message(), 0, 128)));
    f.deliver(request.to(), TestPackets.sealed(replaced(reply, 9, reply[9] ^ 1)));
    f.deliver(request.to(), TestPackets.sealed(replaced(reply, 23, reply[23] ^ 1)));
    f.deliver(request.to(), TestPackets.sealed(replaced(reply, 4, reply[4] ^ 1)));
    f.turns();
    f.after("PT2S");
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
    assertThat(f.round().strays()).isEqualTo(Strays.of(StrayKind.FORGED, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "NO_ROUTE, NO_ROUTE",
    "NO_BUFFER, NO_BUFFER",
    "NOT_PERMITTED, NOT_PERMITTED",
    "TOO_BIG, PACKET_TOO_BIG",
    "FAILED, SEND_FAILED",
  })
  void failedSendHasAReasonOfItsOwnAndIsNeverATimeout(SendOutcome outcome, LossReason reason) {
    f.port.failSends(outcome);
    f.startRound(plan());
    f.after("PT1S");
    f.after("PT1S");
    f.port.failSends(SendOutcome.SENT);
    f.reply(f.after("PT1S").getFirst());
    f.turns();
    assertThat(f.round().lost()).isEqualTo(Map.of(reason, 3));
    assertThat(f.round().received()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, NET_UNREACHABLE",
    "3, 1, HOST_UNREACHABLE",
    "3, 2, PROTOCOL_UNREACHABLE",
    "3, 3, PORT_UNREACHABLE",
    "3, 4, PACKET_TOO_BIG",
    "3, 13, ADMIN_PROHIBITED",
    "3, 5, DESTINATION_UNREACHABLE",
    "11, 0, TIME_EXCEEDED",
    "12, 0, PARAMETER_PROBLEM",
  })
  void ipv4ErrorSettlesTheRequestThatItQuotes(int type, int code, LossReason reason) {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    byte[] quote = TestPackets.ipv4To(request.message(), (int) request.to().low());
    f.deliver(peer("198.51.100.1"), TestPackets.error(type, code, 0, Arrays.copyOf(quote, 28)));
    f.turns();
    assertThat(f.round().lost()).isEqualTo(Map.of(reason, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, NET_UNREACHABLE",
    "1, 1, ADMIN_PROHIBITED",
    "1, 3, HOST_UNREACHABLE",
    "1, 4, PORT_UNREACHABLE",
    "1, 2, DESTINATION_UNREACHABLE",
    "2, 0, PACKET_TOO_BIG",
    "3, 0, TIME_EXCEEDED",
    "4, 1, PARAMETER_PROBLEM",
  })
  void ipv6ErrorSettlesTheRequestThatItQuotes(int type, int code, LossReason reason) {
    Sent request = f.startRound(plan("u", "2001:db8::1", 1, "PT1S PT30S PT2S")).getFirst();
    byte[] quote =
        TestPackets.ipv6To(request.message(), request.to().high(), request.to().low(), false);
    f.deliver(peer("2001:db8::ff"), TestPackets.error(type, code, 0, quote));
    f.turns();
    assertThat(f.round().lost()).isEqualTo(Map.of(reason, 1));
  }

  @Test
  void forgedErrorChangesNothing() {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    byte[] otherHost = TestPackets.ipv4To(request.message(), 0x01020304);
    byte[] otherCookie =
        TestPackets.ipv4To(replaced(request.message(), 9, 0), (int) request.to().low());
    f.deliver(peer("198.51.100.1"), TestPackets.error(3, 1, 0, otherHost));
    f.deliver(peer("198.51.100.1"), TestPackets.error(3, 1, 0, otherCookie));
    f.reply(request);
    f.turns();
    assertThat(f.round().received()).isEqualTo(1);
    assertThat(f.round().strays()).isEqualTo(Strays.of(StrayKind.FORGED, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "PT0.5S", "PT-0.5S"})
  void settingTheWallClockNeitherLosesAnEchoNorBendsItsTime(String step) {
    f.port.withSendStamps();
    Sent request = f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S")).getFirst();
    f.clock.advance(Duration.ofMillis(7));
    f.reply(request);
    f.clock.stepWallClock(Duration.parse(step));
    f.turns();
    request = f.after("PT0.993S").getFirst();
    f.clock.stepWallClock(Duration.parse(step));
    f.clock.advance(Duration.ofMillis(9));
    f.reply(request);
    f.turns();
    assertThat(f.round().received()).isEqualTo(2);
    assertThat(f.round().replies().rtts()).isEmpty();
    assertThat(f.loop.counters().stampsDiscarded.sum()).isEqualTo(2);
    assertThat(f.reports.getFirst().endTime()).isAfterOrEqualTo(f.reports.getFirst().startTime());
  }

  @Test
  void stampsOfBothEndsMeasureWhatTheNetworkTookWhateverThisProcessWasDoing() {
    f.port.withSendStamps();
    Sent request = f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S")).getFirst();
    f.clock.advance(Duration.ofMillis(7));
    f.reply(request);
    request = f.after("PT0.993S").getFirst();
    f.clock.advance(Duration.ofMillis(9));
    f.reply(request);
    f.after("PT0.5S");
    assertThat(f.round().replies().rtts()).containsExactly(7 * MS, 9 * MS);
    assertThat(f.round().replies().kernelTimed()).isEqualTo(2);
    assertThat(f.loop.counters().stampsDiscarded.sum()).isZero();
  }

  @Test
  void aStepOfTheClockDoesNotTouchSamplesAfterIt() {
    f.port.withSendStamps();
    Sent request = f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S")).getFirst();
    f.clock.stepWallClock(Duration.ofHours(-1));
    f.reply(request);
    f.turns();
    request = f.after("PT1S").getFirst();
    f.clock.advance(Duration.ofMillis(9));
    f.reply(request);
    f.turns();
    assertThat(f.round().replies().rtts()).containsExactly(9 * MS);
    assertThat(f.round().received()).isEqualTo(2);
  }

  @Test
  void packetsThatTheKernelHadNoRoomForAreCounted() {
    f.port.drop(3);
    f.turns();
    f.port.drop(2);
    f.turns();
    assertThat(f.loop.counters().kernelDrops.sum()).isEqualTo(5);
  }

  @Test
  void replyTtlAndTheKindOfClockStandInTheReport() {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    f.reply(request);
    f.turns();
    assertThat(f.round().replies().timeToLive()).hasValue(57);
    assertThat(f.round().replies().kernelTimed()).isZero();
  }

  @Test
  void replyThatWaitedThroughALongPauseIsReceivedWithItsTrueTime() {
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    f.clock.advance(Duration.ofMillis(5));
    f.reply(request);
    f.after("PT10S");
    assertThat(f.round().replies().rtts()).containsExactly(5 * MS);
  }

  @Test
  void withoutKernelStampsTheTimeOfReadingStands() {
    f.port.withoutStamps();
    Sent request = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
    f.clock.advance(Duration.ofMillis(5));
    f.reply(request);
    f.after("PT0.1S");
    assertThat(f.round().replies().rtts()).containsExactly(105 * MS);
  }

  @Test
  void afterAPauseRequestsKeepHalfOfTheirIntervalAndMissedRoundsAreCounted() {
    f.startRound(plan());
    assertThat(f.after("PT3.5S")).hasSize(1);
    assertThat(f.after("PT0.4S")).isEmpty();
    assertThat(f.after("PT0.1S")).hasSize(1);
    f.after("PT95.5S");
    assertThat(f.loop.counters().roundsSkipped.sum()).isEqualTo(2);
  }

  @Test
  void anotherPlanInTheMiddleOfARoundDropsItUnreported() {
    ProbePlan plan = plan();
    Sent old = f.startRound(plan).getFirst();
    f.engine.put(plan("uid-1", "192.0.2.7", 1, "PT1S PT30S PT2S"));
    f.reply(old);
    for (int i = 0; i < 29; i++) {
      assertThat(f.after("PT1S")).isEmpty();
    }
    Sent fresh = f.after("PT1S").getFirst();
    assertThat(fresh.to()).isEqualTo(peer("192.0.2.7"));
    f.reply(fresh);
    f.turns();
    assertThat(f.round().address()).isEqualTo("192.0.2.7");
    assertThat(f.reports.getFirst().id().number()).isEqualTo(1);
  }

  @Test
  void equalPlanChangesNothing() {
    f.startRound(plan());
    f.engine.put(plan());
    f.engine.replaceAll(List.of(plan()));
    assertThat(f.after("PT1S")).hasSize(1);
    assertThat(f.after("PT1S")).hasSize(1);
  }

  @Test
  void newGenerationOfTheSamePlanDisturbsNoRoundAndStandsInItsReport() {
    Sent first = f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S")).getFirst();
    f.engine.put(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S").withGeneration(7));
    f.reply(first);
    f.reply(f.after("PT1S").getFirst());
    f.turns();
    assertThat(f.round().received()).isEqualTo(2);
    assertThat(f.reports.getFirst().generation()).isEqualTo(7);
  }

  @Test
  void removedPlanSendsNotOneFurtherPacket() {
    f.startRound(plan());
    f.clock.advance(Duration.ofSeconds(1));
    f.engine.remove("uid-1");
    for (int i = 0; i < 100; i++) {
      assertThat(f.after("PT1S")).isEmpty();
    }
    assertThat(f.reports).isEmpty();
    assertThat(f.loop.wheel().size()).isZero();
  }

  @Test
  void replaceAllStopsWhatIsMissingAndStartsWhatIsNew() {
    f.startRound(plan());
    f.engine.replaceAll(List.of(plan("uid-2", "192.0.2.2", 1, "PT1S PT30S PT2S")));
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sent.addAll(f.after("PT1S"));
    }
    assertThat(sent).extracting(s -> s.to().text()).containsExactly("192.0.2.2");
  }

  @Test
  void roundsThatWaitLongerThanThePeriodOverlapAndAreNumberedAsTheyEnd() {
    Sent first = f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT1S PT5S")).getFirst();
    List<Sent> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.addAll(f.after("PT1S"));
    }
    assertThat(others).hasSize(4);
    f.reply(others.get(1));
    f.reply(first);
    f.turns();
    assertThat(f.reports).extracting(r -> r.id().number()).containsExactly(1L, 2L);
    assertThat(f.reports.get(1).addresses().getFirst().replies().rtts()).containsExactly(4000 * MS);
    f.after("PT2S");
    assertThat(f.reports).extracting(r -> r.id().number()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whenEverySequenceIsTakenTheSendFailsForWantOfABufferAndLaterOnesGoOn() {
    EngineFixture small = new EngineFixture(4);
    small.startRound(plan("u", "192.0.2.1", 6, "PT1S PT30S PT10S"));
    for (int i = 0; i < 5; i++) {
      small.after("PT1S");
    }
    assertThat(small.loop.counters().sent.sum()).isEqualTo(4);
    small.after("PT9S");
    assertThat(small.round().lost())
        .isEqualTo(Map.of(LossReason.TIMEOUT, 4, LossReason.NO_BUFFER, 2));
    assertThat(small.after("PT16S")).hasSize(1);
  }

  @Test
  void unresolvedNameSettlesTheRoundAtOnceWithoutAPacket() {
    f.names.put("nosuch.example", new Answer(Resolution.failed("no such name"), List.of()));
    assertThat(f.startRound(plan("u", "nosuch.example", 4, "PT1S PT30S PT2S"))).isEmpty();
    assertThat(f.reports.getFirst().addresses()).isEmpty();
    assertThat(f.reports.getFirst().resolution()).isEqualTo(Resolution.failed("no such name"));
  }

  @Test
  void resolverThatNeverAnswersFailsTheRoundAndItsLateAnswerIsIgnored() {
    f.holdAnswers = true;
    f.startRound(plan("u", "slow.example", 1, "PT1S PT300S PT2S"));
    f.after("PT30S");
    assertThat(f.reports.getFirst().resolution().state()).isEqualTo(Resolution.State.FAILED);
    f.held
        .getFirst()
        .accept(new Answer(Resolution.resolved(), List.of(EngineFixture.address("192.0.2.1"))));
    assertThat(f.after("PT1S")).isEmpty();
    assertThat(f.reports).hasSize(1);
  }

  @Test
  void planThatIsRemovedRightBehindTheAnswerForItsNameSendsNothing() {
    f.holdAnswers = true;
    f.startRound(plan("u", "slow.example", 1, "PT1S PT30S PT2S"));
    f.held
        .getFirst()
        .accept(new Answer(Resolution.resolved(), List.of(EngineFixture.address("192.0.2.1"))));
    // The loop takes the answer in before it is told to drop the plan.
    f.engine.remove("u");
    assertThat(f.after("PT1S")).isEmpty();
    assertThat(f.loop.counters().sent.sum()).isZero();
    assertThat(f.loop.wheel().size()).isZero();
    assertThat(f.reports).isEmpty();
  }

  @Test
  void answerForAPlanThatIsGoneIsIgnored() {
    f.holdAnswers = true;
    f.startRound(plan("u", "slow.example", 1, "PT1S PT30S PT2S"));
    f.engine.remove("u");
    f.held
        .getFirst()
        .accept(new Answer(Resolution.resolved(), List.of(EngineFixture.address("192.0.2.1"))));
    assertThat(f.after("PT1S")).isEmpty();
    assertThat(f.reports).isEmpty();
  }

  @Test
  void eachAddressOfANameHasItsOwnFigures() {
    f.names.put(
        "two.example",
        new Answer(
            Resolution.resolved(),
            List.of(EngineFixture.address("2001:db8::1"), EngineFixture.address("192.0.2.1"))));
    List<Sent> sent = f.startRound(plan("u", "two.example", 1, "PT1S PT30S PT2S"));
    f.reply(sent.get(0));
    f.turns();
    f.after("PT2S");
    List<AddressRound> rounds = f.reports.getFirst().addresses();
    assertThat(rounds)
        .extracting(AddressRound::address)
        .containsExactly("2001:db8::1", "192.0.2.1");
    assertThat(rounds.stream().mapToInt(AddressRound::received).sum()).isEqualTo(1);
    assertThat(rounds).extracting(AddressRound::sent).containsExactly(1, 1);
  }

  @Test
  void sinkThatFailsLosesItsReportAndNothingElse() {
    f.sink =
        report -> {
          f.reports.add(report);
          throw new IllegalStateException("full");
        };
    f.reply(f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst());
    f.turns();
    f.reply(f.after("PT30S").getFirst());
    f.turns();
    assertThat(f.reports).hasSize(2);
    assertThat(f.loop.counters().faults.sum()).isEqualTo(2);
  }

  @Test
  void brokenSocketIsOpenedAgainAndWhatWasOnItsWayTimesOut() {
    f.startRound(plan());
    f.port.breakSocket(IpFamily.IPV4, 1);
    f.turns();
    assertThat(f.after("PT0.1S")).isEmpty();
    assertThat(f.port.reopened()).isZero();
    f.after("PT0.2S");
    assertThat(f.port.reopened()).isEqualTo(1);
    f.reply(f.after("PT0.7S").getFirst());
    f.turns();
    f.reply(f.after("PT1S").getFirst());
    f.turns();
    f.reply(f.after("PT1S").getFirst());
    f.turns();
    assertThat(f.round().received()).isEqualTo(3);
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
  }

  private static byte[] replaced(byte[] message, int index, int octet) {
    byte[] other = message.clone();
    other[index] = (byte) octet;
    return other;
  }
}
