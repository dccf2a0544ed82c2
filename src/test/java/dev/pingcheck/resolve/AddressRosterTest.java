package dev.pingcheck.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressRosterTest {
  private static final Duration BETWEEN_ANSWERS = Duration.ofSeconds(30);

  private final AddressRoster roster = new AddressRoster();
  private long now;

  private List<String> answer(String... lastOctets) {
    now += BETWEEN_ANSWERS.toNanos();
    List<InetAddress> answer =
        Stream.of(lastOctets).map(octet -> InetAddress.ofLiteral("192.0.2." + octet)).toList();
    return roster.answered(answer, now).stream()
        .map(address -> address.getHostAddress().substring("192.0.2.".length()))
        .toList();
  }

  /** The first addresses after each of the same answers. */
  private String firstAfter(int times, String... lastOctets) {
    String first = "";
    for (int i = 0; i < times; i++) {
      first = answer(lastOctets).getFirst();
    }
    return first;
  }

  /** How often the first address is another one than before. */
  private int changes(Stream<String> answers) {
    List<String> firsts = new ArrayList<>();
    answers.forEach(octet -> firsts.add(answer(octet).getFirst()));
    return (int)
        IntStream.range(1, firsts.size())
            .filter(i -> !firsts.get(i).equals(firsts.get(i - 1)))
            .count();
  }

  @Test
  void theFirstStaysTheFirstWhileItIsInTheAnswer() {
    assertThat(answer("5", "6")).containsExactly("5", "6");
    assertThat(answer("1", "6", "5")).containsExactly("5", "6", "1");
  }

  @Test
  void anAddressThatIsReplacedIsFollowedAtOnce() {
    firstAfter(3, "1");
    assertThat(answer("2")).containsExactly("2");
    // A pod that is restarted thrice within the hour is followed each time.
    assertThat(answer("3")).containsExactly("3");
    assertThat(answer("4")).containsExactly("4");
  }

  @Test
  void anAddressThatIsGoneFromAmongOthersIsDroppedAtOnce() {
    answer("1", "2", "3");
    assertThat(answer("2", "3")).containsExactly("2", "3");
    // One that was not ready for a moment is no rotation.
    assertThat(answer("1", "2", "3")).containsExactly("2", "3", "1");
    assertThat(answer("1", "3")).containsExactly("3", "1");
  }

  @Test
  void aRotationThroughAPoolChangesTheFirstAFewTimesAtMostAndThenNeverAgain() {
    Stream<String> start = IntStream.range(0, 16).mapToObj(i -> Integer.toString(i % 8 + 1));
    assertThat(changes(start)).isEqualTo(5);
    Stream<String> day = IntStream.range(0, 2880).mapToObj(i -> Integer.toString(i % 8 + 1));
    assertThat(changes(day)).isZero();
    assertThat(answer("1")).hasSize(8);
  }

  @Test
  void aNameThatFlipsBetweenTwoAddressesChangesOnce() {
    assertThat(changes(IntStream.range(0, 1000).mapToObj(i -> Integer.toString(i % 2)))).isOne();
  }

  @Test
  void aRandomChoiceFromAPoolOfFourChangesNothingInADayOnceItIsKnown() {
    Random random = new Random(7);
    random.ints(20, 1, 5).forEach(octet -> answer(Integer.toString(octet)));
    assertThat(changes(random.ints(2880, 1, 5).mapToObj(Integer::toString))).isZero();
  }

  @Test
  void inARotationAnAddressThatIsGoneForGoodIsHeldForEightAnswersAnAddressAndFiveMinutes() {
    for (String octet : List.of("1", "2", "1", "2", "1", "2")) {
      answer(octet);
    }
    // The first is 2, seen just now; two known addresses make 16 answers, here of 30 s each.
    assertThat(firstAfter(15, "1")).isEqualTo("2");
    assertThat(firstAfter(1, "1")).isEqualTo("1");
    assertThat(answer("1")).containsExactly("1");
  }

  @Test
  void fiveMinutesCountWhereAnswersComeFast() {
    for (String octet : List.of("1", "2", "1", "2")) {
      answer(octet);
    }
    long lastSeen = now;
    for (int i = 0; i < 50; i++) {
      now = lastSeen + Duration.ofSeconds(5L * i).toNanos() - BETWEEN_ANSWERS.toNanos();
      assertThat(answer("1").getFirst()).isEqualTo("2");
    }
    now = lastSeen + Duration.ofMinutes(5).toNanos() - BETWEEN_ANSWERS.toNanos();
    assertThat(answer("1").getFirst()).isEqualTo("1");
  }

  @Test
  void aRotationThatIsOverIsForgottenAfter128Answers() {
    for (String octet : List.of("1", "2", "1")) {
      answer(octet);
    }
    assertThat(firstAfter(127, "1")).isEqualTo("1");
    assertThat(answer("1")).containsExactly("1");
    assertThat(answer("3")).containsExactly("3");
  }

  @Test
  void aNameThatIsReplacedAgainAndAgainWithoutReturnIsFollowedEverMoreSlowly() {
    Stream<String> day = IntStream.range(0, 576).mapToObj(i -> Integer.toString(i % 256));
    // As of a pool of thousands, asked each 150 s: a naive follower changes 575 times.
    assertThat(changes(day)).isLessThanOrEqualTo(40);
  }

  @Test
  void whatAServerHasDeniedIsNotHeld() {
    for (String octet : List.of("1", "2", "1", "2")) {
      answer(octet);
    }
    roster.denied();
    assertThat(answer("3")).containsExactly("3");
  }

  @Test
  void memoryIsBounded() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      List<InetAddress> answer =
          random.ints(20, 0, 5000).distinct().mapToObj(AddressRosterTest::one).toList();
      assertThat(roster.answered(answer, i)).hasSizeLessThanOrEqualTo(256);
    }
    assertThat(roster.known()).isLessThanOrEqualTo(320);
  }

  private static InetAddress one(int number) {
    return InetAddress.ofLiteral("198.18." + number / 256 + "." + number % 256);
  }
}
