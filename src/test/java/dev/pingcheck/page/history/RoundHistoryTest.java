package dev.pingcheck.page.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundHistoryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long T0 = START.getEpochSecond();
  private static final long MS = 1_000_000;
  private static final int ROOMY = 1_000_000;

  private final RoundHistory history = new RoundHistory(ROOMY);

  /** A round in which so many were lost and the others took these times in ms. */
  private static RoundReport round(String uid, long second, int lost, long... millis) {
    List<Long> rtts = Arrays.stream(millis).map(ms -> ms * MS).boxed().toList();
    Replies replies = new Replies(rtts.size(), rtts, 0, OptionalInt.empty(), Optional.empty());
    AddressRound address =
        new AddressRound(
            "192.0.2.1",
            lost + millis.length,
            replies,
            lost == 0 ? Map.of() : Map.of(LossReason.TIMEOUT, lost),
            Strays.NONE,
            Optional.empty());
    return round(uid, second, List.of(address));
  }

  private static RoundReport round(String uid, long second, List<AddressRound> addresses) {
    Instant at = START.plusSeconds(second);
    return new RoundReport(
        uid,
        1,
        new RoundId("p", second + 1),
        at,
        at,
        Resolution.literal(),
        addresses,
        Pacing.ON_TIME);
  }

  private static void assertNearly(long actual, long millis) {
    // Sixteen bits know a time to within 0.02 %.
    assertThat(actual).isBetween((long) (millis * MS * 0.9998), (long) (millis * MS * 1.0002));
  }

  @Test
  void aRoundIsASlotWithItsQuartiles() {
    history.add(round("a", 0, 1, 40, 10, 30, 20));
    history.add(round("a", 30, 0, 10));
    assertThat(history.of("a")).extracting(Slot::start).containsExactly(T0, T0 + 30);
    Slot slot = history.of("a").getFirst();
    assertThat(slot.sent()).isEqualTo(5);
    assertThat(slot.lost()).isEqualTo(1);
    Spread rtt = slot.rtt().orElseThrow();
    assertNearly(rtt.min(), 10);
    assertThat(rtt.lower()).isBetween(17_490_000L, 17_510_000L);
    assertNearly(rtt.median(), 25);
    assertThat(rtt.upper()).isBetween(32_490_000L, 32_510_000L);
    assertNearly(rtt.max(), 40);
  }

  @Test
  void aRoundWithoutRepliesHasNoTimesAndOneWithoutAnAddressHasSentNothing() {
    history.add(round("a", 0, 4));
    history.add(round("a", 10, List.of()));
    assertThat(history.of("a"))
        .containsExactly(
            new Slot(T0, 4, 4, Optional.empty()), new Slot(T0 + 10, 0, 0, Optional.empty()));
  }

  @Test
  void roundsOfOneSpanShareASlot() {
    history.add(round("a", 0, 0, 10, 10));
    history.add(round("a", 1, 2, 40, 40));
    history.add(round("a", 4, 1));
    Slot slot = history.of("a").getFirst();
    assertThat(history.of("a")).hasSize(1);
    assertThat(slot.sent()).isEqualTo(7);
    assertThat(slot.lost()).isEqualTo(3);
    assertNearly(slot.rtt().orElseThrow().min(), 10);
    assertNearly(slot.rtt().orElseThrow().median(), 25);
    assertNearly(slot.rtt().orElseThrow().max(), 40);
  }

  @Test
  void aRoundThatBeganBeforeTheLastSlotIsCountedInIt() {
    history.add(round("a", 10, 0, 1));
    history.add(round("a", 3, 1));
    assertThat(history.of("a"))
        .extracting(Slot::start, Slot::sent)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(T0 + 10, 2));
  }

  @Test
  void whatIsOlderThanThreeHoursIsForgotten() {
    for (int second = 0; second <= 4 * 3600; second += 300) {
      history.add(round("a", second, 0, 1));
    }
    assertThat(history.of("a")).hasSize(36);
    assertThat(history.of("a").getFirst().start()).isEqualTo(T0 + 3600 + 300);
    assertThat(history.of("a").getLast().start()).isEqualTo(T0 + 4 * 3600);
  }

  @Test
  void moreChecksMakeSlotsWiderAndMergeWhatIsThere() {
    // 41,666 slots: eight checks have room for 5 s, sixty for 15 s.
    for (int second = 0; second < 90; second += 5) {
      history.add(round("a", second, second == 0 ? 1 : 0, 20));
    }
    assertThat(history.of("a")).hasSize(18);
    IntStream.range(0, 19).forEach(i -> history.add(round("other-" + i, 90, 0, 1)));
    assertThat(history.width()).isEqualTo(Duration.ofSeconds(15));
    assertThat(history.of("a")).hasSize(6);
    assertThat(history.of("a").getFirst().sent()).isEqualTo(4);
    assertThat(history.of("a").stream().mapToInt(Slot::sent).sum()).isEqualTo(19);
    assertThat(history.of("a").stream().mapToInt(Slot::lost).sum()).isEqualTo(1);
    assertNearly(history.of("a").getLast().rtt().orElseThrow().median(), 20);
  }

  @Test
  void slotsGetNarrowerAgainWhenClearlyFewerChecksAreLeft() {
    IntStream.range(0, 20).forEach(i -> history.add(round("c-" + i, 0, 0, 1)));
    assertThat(history.width()).isEqualTo(Duration.ofSeconds(15));
    history.forget("c-0");
    history.forget("c-1");
    assertThat(history.width()).isEqualTo(Duration.ofSeconds(15));
    history.forget("c-2");
    history.forget("c-3");
    history.forget("c-4");
    assertThat(history.width()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theMemoryIsBoundedAndAllOfItComesBack() {
    int octets = 24 * 1000;
    RoundHistory small = new RoundHistory(octets);
    for (int second = 0; second < 6 * 3600; second += 60) {
      for (int check = 0; check < 30; check++) {
        small.add(round("c-" + check, second, 0, 1));
      }
      assertThat(small.used()).isLessThanOrEqualTo(octets);
    }
    assertThat(small.width()).isEqualTo(Duration.ofSeconds(360));
    IntStream.range(0, 30).forEach(check -> assertThat(small.of("c-" + check)).hasSize(30));
    IntStream.range(0, 30).forEach(check -> small.forget("c-" + check));
    assertThat(small.used()).isZero();
  }

  @Test
  void moreChecksThanSlotsTakeNoMoreRoom() {
    RoundHistory tiny = new RoundHistory(24 * 3);
    IntStream.range(0, 5).forEach(check -> tiny.add(round("c-" + check, check, 0, 1)));
    IntStream.range(0, 5).forEach(check -> tiny.add(round("c-" + check, 20_000 + check, 0, 1)));
    assertThat(tiny.used()).isEqualTo(24 * 3);
    assertThat(tiny.of("c-0")).extracting(Slot::start).containsExactly(T0 + 11_520);
    assertThat(tiny.of("c-4")).isEmpty();
  }

  @Test
  void tenThousandChecksKeepThreeHoursInSlotsOfSixMinutes() {
    RoundHistory full = new RoundHistory(RoundHistory.OCTETS);
    IntStream.range(0, 10_000).forEach(check -> full.add(round("c-" + check, 0, 0, 1)));
    assertThat(full.width()).isEqualTo(Duration.ofMinutes(6));
    assertThat(full.used()).isEqualTo(240_000);
  }

  @Test
  void theShortestAndTheLongestTimesAreAtTheEndsOfTheScale() {
    assertThat(RttCode.nanos(RttCode.of(0))).isEqualTo(100);
    assertThat(RttCode.nanos(RttCode.of(100))).isEqualTo(100);
    assertThat(RttCode.of(1e15)).isEqualTo(65_535);
    assertThat(RttCode.nanos(65_535)).isEqualTo(100_000_000_000L);
  }

  @Test
  void countsStayAtTheirLargestNumber() {
    SlotPool pool = new SlotPool(24);
    int number = pool.take();
    pool.write(number, new Slot(T0, 20_000_000, 16_777_215, Optional.empty()));
    assertThat(pool.read(number)).isEqualTo(new Slot(T0, 16_777_215, 16_777_215, Optional.empty()));
    assertThat(pool.take()).isEqualTo(SlotPool.NOTHING);
  }
}
