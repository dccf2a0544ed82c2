package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.schedule.PacketLimits;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When requests leave: times in milliseconds since the start of the first round. */
class PacerTest {
  private static final long MS = 1_000_000;

  private EngineFixture f = new EngineFixture();
  private final List<String> sent = new ArrayList<>();
  private long now;

  @Test
  void aLateRequestDoesNotShiftThoseBehindIt() {
    start(new PacketLimits(1000, 100), "192.0.2.1", 4, "PT1S PT30S PT2S");
    f.after("PT1.4S").forEach(request -> sent.add("late"));
    now += 1400;
    run(2000);
    assertThat(sent).containsExactly("0 192.0.2.1", "late", "2000 192.0.2.1", "3000 192.0.2.1");
    run(2000);
    assertThat(f.reports.getFirst().pacing()).isEqualTo(Pacing.ON_TIME);
  }

  @Test
  void afterAStandstillRequestsCatchUpAtHalfOfTheirInterval() {
    start(new PacketLimits(1000, 100), "192.0.2.1", 6, "PT1S PT30S PT2S");
    f.after("PT3.2S").forEach(request -> sent.add("late"));
    now += 3200;
    run(3000);
    assertThat(sent)
        .containsExactly(
            "0 192.0.2.1",
            "late",
            "3700 192.0.2.1",
            "4200 192.0.2.1",
            "4700 192.0.2.1",
            "5200 192.0.2.1");
    run(2000);
    assertThat(f.reports.getFirst().pacing()).isEqualTo(Pacing.ON_TIME);
  }

  @Test
  void requestsBeyondTheBudgetOfAnAddressAreDelayedAndNoneIsDropped() {
    // A full bucket holds two tokens; another comes each 500 ms.
    start(new PacketLimits(1000, 2), "192.0.2.1", 5, "PT0.1S PT30S PT2S");
    run(4000);
    assertThat(sent)
        .containsExactly(
            "0 192.0.2.1", "100 192.0.2.1", "500 192.0.2.1", "1000 192.0.2.1", "1500 192.0.2.1");
    RoundReport report = f.reports.getFirst();
    assertThat(report.addresses().getFirst().received()).isEqualTo(5);
    // Due at 200, 300 and 400 ms.
    assertThat(report.pacing())
        .isEqualTo(
            new Pacing(
                1100 * MS,
                Map.of(SetbackCause.ADDRESS_BUDGET, new Setback(3, (300 + 700 + 1100) * MS, 0))));
  }

  @Test
  void checksOfOneAddressShareItsBudgetEvenly() {
    f = new EngineFixture(1 << 22, new PacketLimits(1000, 1));
    for (int i = 2; i <= 6; i++) {
      f.engine.put(plan("uid-" + i, "192.0.2.1", 3, "PT1S PT6S PT2S"));
    }
    start("192.0.2.1", 3, "PT1S PT6S PT2S");
    run(90_000);
    // Six checks ask for three requests a second and get one.
    for (int i = 1; i < sent.size(); i++) {
      assertThat(time(sent.get(i)) - time(sent.get(i - 1))).isEqualTo(1000);
    }
    for (int i = 1; i <= 6; i++) {
      String uid = "uid-" + i;
      assertThat(f.reports).filteredOn(report -> report.checkUid().equals(uid)).hasSize(5);
    }
  }

  @Test
  void aBusyAddressHoldsUpNoOtherOneOfItsRound() {
    f = new EngineFixture(1 << 22, new PacketLimits(1000, 1));
    f.names.put(
        "two.example",
        new Answer(
            Resolution.resolved(),
            List.of(EngineFixture.address("192.0.2.1"), EngineFixture.address("192.0.2.2"))));
    f.engine.put(plan("busy", "192.0.2.1", 30, "PT1S PT30S PT2S"));
    start("two.example", 2, "PT1S PT30S PT2S");
    run(3000);
    assertThat(sent).filteredOn(line -> line.endsWith("192.0.2.2")).hasSize(2);
    assertThat(sent).contains("0 192.0.2.2", "1000 192.0.2.2");
  }

  @Test
  void requestsBeyondTheBudgetOfTheProbeLeaveInTheOrderInWhichTheyWereDue() {
    f = new EngineFixture(1 << 22, new PacketLimits(10, 100));
    f.names.put("many.example", new Answer(Resolution.resolved(), addresses(5)));
    start("many.example", 2, "PT0.2S PT30S PT2S");
    run(4000);
    // What the probe holds back leaves at full milliseconds of the clock.
    assertThat(sent)
        .containsExactly(
            "0 192.0.2.1",
            "101 192.0.2.2",
            "201 192.0.2.3",
            "301 192.0.2.4",
            "401 192.0.2.5",
            "501 192.0.2.1",
            "601 192.0.2.2",
            "701 192.0.2.3",
            "801 192.0.2.4",
            "901 192.0.2.5");
    Setback setback = f.reports.getFirst().pacing().setbacks().get(SetbackCause.PROBE_BUDGET);
    assertThat(setback.requestsDelayed()).isEqualTo(9);
    assertThat(f.reports.getFirst().pacing().longestDelay()).isBetween(700 * MS, 701 * MS);
    assertThat(f.reports.getFirst().addresses())
        .extracting(AddressRound::received)
        .containsExactly(2, 2, 2, 2, 2);
  }

  @Test
  void aRoundThatIsNotOverWhenTheNextIsDueMakesThatOneSkippedAndToldInItsReport() {
    // Ten requests take 9 s at one a second, three periods of 2 s would begin meanwhile.
    start(new PacketLimits(1000, 1), "192.0.2.1", 10, "PT0.1S PT2S PT1S");
    run(9_500);
    assertThat(sent).hasSize(10);
    assertThat(f.reports).hasSize(1);
    Setback setback = f.reports.getFirst().pacing().setbacks().get(SetbackCause.ADDRESS_BUDGET);
    assertThat(setback.roundsSkipped()).isEqualTo(4);
    assertThat(f.loop.counters().roundsSkipped.sum()).isEqualTo(4);
    run(500);
    assertThat(sent).hasSize(11).last().isEqualTo("10000 192.0.2.1");
  }

  @Test
  void aRoundThatFillsItsPeriodIsNotBehind() {
    start(new PacketLimits(1000, 100), "192.0.2.1", 3, "PT0.5S PT1S PT0.4S");
    run(10_000);
    assertThat(f.loop.counters().roundsSkipped.sum()).isZero();
    assertThat(f.reports).allMatch(report -> report.pacing().equals(Pacing.ON_TIME));
    assertThat(f.reports).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void roundsMissedInAStandstillAreToldInTheNextReport() {
    start(new PacketLimits(1000, 100), "192.0.2.1", 1, "PT1S PT10S PT2S");
    run(1000);
    f.after("PT35S").forEach(f::reply);
    f.turns();
    assertThat(f.reports.getLast().pacing())
        .isEqualTo(new Pacing(0, Map.of(SetbackCause.STANDSTILL, new Setback(0, 0, 2))));
  }

  @Test
  void aPlanThatIsRemovedWhileItWaitsForATokenSendsNothing() {
    start(new PacketLimits(1000, 1), "192.0.2.1", 10, "PT0.1S PT30S PT2S");
    f.engine.remove("uid-1");
    run(20_000);
    assertThat(sent).containsExactly("0 192.0.2.1");
    assertThat(f.loop.wheel().size()).isZero();
  }

  private void start(PacketLimits limits, String host, int count, String timing) {
    f = new EngineFixture(1 << 22, limits);
    start(host, count, timing);
  }

  private void start(String host, int count, String timing) {
    now = 0;
    f.startRound(plan("uid-1", host, count, timing)).forEach(this::note);
    f.turns();
  }

  /** Goes on millisecond by millisecond; every request is answered at once. */
  private void run(int millis) {
    for (int i = 0; i < millis; i++) {
      now++;
      f.after("PT0.001S").forEach(this::note);
    }
    f.turns();
  }

  private void note(Sent request) {
    sent.add(now + " " + request.to().text());
    f.reply(request);
  }

  private static long time(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  private static List<java.net.InetAddress> addresses(int count) {
    List<java.net.InetAddress> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(EngineFixture.address("192.0.2." + i));
    }
    return all;
  }
}
