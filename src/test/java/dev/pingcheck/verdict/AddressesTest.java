package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.AddressStatus;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.stats.AddressRound;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several addresses, and other ones than before. */
class AddressesTest {
  private static final long MS = 1_000_000;

  private final Observed check = new Observed();
  private int rounds;

  private Observed sees(AddressRound... addresses) {
    return check.sees(Rounds.of(++rounds, addresses));
  }

  private static AddressRound good(String address) {
    return Rounds.address(address, 4, MS);
  }

  private static AddressRound[] good(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> good("192.0.2." + i))
        .toArray(AddressRound[]::new);
  }

  @Test
  void theFirstAddressIsNoChangeAndAnotherIsOne() {
    sees(good("192.0.2.1"));
    assertThat(check.events()).isEmpty();
    sees(good("192.0.2.2"));
    assertThat(check.events()).containsExactly("AddressChanged");
    assertThat(check.note()).isEqualTo("The address changed from 192.0.2.1 to 192.0.2.2.");
    assertThat(check.urgent).isTrue();
    sees(good("192.0.2.2"));
    assertThat(check.events()).isEmpty();
  }

  @Test
  void theSameAddressAfterAFailedResolutionIsNoChangeAndAnotherIsOne() {
    sees(good("192.0.2.1"));
    check.sees(Rounds.unresolved(++rounds));
    sees(good("192.0.2.1"));
    assertThat(check.events()).containsExactly("ResolutionFailed", "ResolutionRestored");
    check.sees(Rounds.unresolved(++rounds));
    sees(good("192.0.2.2"));
    assertThat(check.events())
        .containsExactly("ResolutionFailed", "ResolutionRestored", "AddressChanged");
  }

  @Test
  void anotherAddressAfterASuspensionIsAChange() {
    sees(good("192.0.2.1"));
    check.suspends().accepts(Rounds.TARGET);
    sees(good("192.0.2.2"));
    assertThat(check.events()).containsExactly("AddressChanged");
  }

  @Test
  void ofSeveralTheOrderIsNoChangeAndTheSetIs() {
    sees(good("192.0.2.1"), good("192.0.2.2"));
    sees(good("192.0.2.2"), good("192.0.2.1"));
    assertThat(check.events()).isEmpty();
    sees(good("192.0.2.2"), good("192.0.2.3"), good("2001:db8::1"));
    assertThat(check.events()).containsExactly("AddressChanged");
    assertThat(check.note())
        .isEqualTo("The addresses changed: new: 192.0.2.3, 2001:db8::1; gone: 192.0.2.1; 3 now.");
  }

  @Test
  void ofFiftyAddressesOneThatIsNotListedIsStillAChange() {
    sees(good(100, 150));
    sees(good(100, 150));
    assertThat(check.events()).isEmpty();
    sees(good(100, 149));
    assertThat(check.events()).containsExactly("AddressChanged");
    AddressRound[] others = good(100, 149);
    others[48] = good("192.0.2.99999");
    sees(others);
    assertThat(check.events()).containsExactly("AddressChanged");
    assertThat(check.note()).isEqualTo("The name has 49 other addresses now; it had 49.");
    assertThat(check.status.getPinged().getFirst()).hasSize(16);
  }

  @Test
  void theWorstSixteenAreListedAndAllCounted() {
    AddressRound[] all = good(100, 150);
    all[40] = Rounds.address("192.0.2.140", 2, MS);
    all[30] = Rounds.address("192.0.2.130", 0, MS);
    sees(all);
    assertThat(check.status.getAddressCount()).isEqualTo(50);
    assertThat(check.status.getAddresses())
        .hasSize(16)
        .extracting(AddressStatus::getAddress)
        .startsWith("192.0.2.130", "192.0.2.140", "192.0.2.100");
    assertThat(check.status.getAddresses())
        .extracting(AddressStatus::getReason)
        .startsWith("LossThresholdExceeded", "LossThresholdExceeded", null);
    assertThat(check.status.getAddress()).isEqualTo("192.0.2.130");
    assertThat(check.message(ConditionType.HEALTHY))
        .isEqualTo(
            "2 of 50 addresses lose too much: 192.0.2.130 lost 4 of 4 (100 %), 192.0.2.140 lost 2"
                + " of 4 (50 %); the threshold is 20 %.");
    sees(good("192.0.2.1"));
    assertThat(check.status.getAddressCount()).isNull();
    assertThat(check.status.getAddresses()).isEmpty();
  }

  @Test
  void anAddressThatIsTooSlowIsWorseThanOneThatLosesLessThanItMay() {
    check.thresholds = new EffectiveThresholds(50, 50, Optional.of(Duration.ofMillis(5)), 1, 1);
    sees(Rounds.address("192.0.2.1", 3, MS), Rounds.address("192.0.2.2", 4, 9 * MS));
    assertThat(check.status.getAddress()).isEqualTo("192.0.2.2");
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/RttThresholdExceeded");
    assertThat(check.message(ConditionType.HEALTHY))
        .isEqualTo("1 of 2 addresses answer too slowly: 192.0.2.2 in 9ms; the threshold is 5ms.");
  }

  @Test
  void anotherWorstAddressIsNoCrossing() {
    for (int i = 0; i < 10; i++) {
      boolean isFirst = i % 2 == 0;
      sees(
          Rounds.address("192.0.2.1", isFirst ? 0 : 4, MS),
          Rounds.address("2001:db8::1", isFirst ? 4 : 0, MS));
      assertThat(check.status.getAddress()).isEqualTo(isFirst ? "192.0.2.1" : "2001:db8::1");
    }
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    assertThat(check.status.getOutages()).hasSize(1);
    assertThat(check.status.getConsecutiveFailures()).isEqualTo(10);
  }

  @Test
  void theLevelOfRecoveryHoldsForEveryAddress() {
    check.thresholds = new EffectiveThresholds(50, 10, Optional.empty(), 1, 1);
    sees(Rounds.address("192.0.2.1", 0, MS), Rounds.address("192.0.2.2", 3, MS));
    sees(Rounds.address("192.0.2.1", 4, MS), Rounds.address("192.0.2.2", 3, MS));
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    assertThat(check.message(ConditionType.HEALTHY))
        .isEqualTo(
            "1 of 2 addresses lose too much: 192.0.2.2 lost 1 of 4 (25 %); it recovers below 10 %.");
    sees(good(1, 3));
    assertThat(check.events()).containsExactly("LossThresholdExceeded", "LossRecovered");
  }

  @Test
  void allAddressesMustReplyToBeReachable() {
    sees(good("192.0.2.1"), Rounds.address("2001:db8::1", 0, MS));
    assertThat(check.condition(ConditionType.REACHABLE)).isEqualTo("False/Timeout");
    assertThat(check.message(ConditionType.REACHABLE)).contains("2001:db8::1");
    sees(good("192.0.2.1"), Rounds.address("2001:db8::1", 1, MS));
    assertThat(check.condition(ConditionType.REACHABLE)).isEqualTo("True/ReplyReceived");
  }

  @Test
  void aSentenceNamesThreeBadAddressesAndCountsTheOthers() {
    sees(
        IntStream.range(1, 6)
            .mapToObj(i -> Rounds.address("192.0.2." + i, 0, MS))
            .toArray(AddressRound[]::new));
    assertThat(check.message(ConditionType.HEALTHY))
        .isEqualTo(
            "5 of 5 addresses lose too much: 192.0.2.1 lost 4 of 4 (100 %), 192.0.2.2 lost 4 of 4"
                + " (100 %), 192.0.2.3 lost 4 of 4 (100 %) and 2 more; the threshold is 20 %.");
    assertThat(check.status.getAddress()).isEqualTo("192.0.2.1");
  }
}
