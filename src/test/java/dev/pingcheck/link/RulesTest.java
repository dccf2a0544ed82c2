package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pingcheck.link.SentRules.Numbered;
import dev.pingcheck.link.proto.Network;
import dev.pingcheck.link.proto.Plan;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final AddressRules SHOP =
      new AddressRules(
          Networks.of("10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/33", "169.254.0.0/16"),
          Networks.of("10.1.2.3/32", "2001:db8::1/128"));

  private final SentRules sent = new SentRules();
  private final KnownRules known = new KnownRules();

  @Test
  void rulesArriveAsTheyWereSent() {
    tell(SHOP);
    assertThat(known.find(1)).contains(SHOP);
  }

  @Test
  void rulesAreSentOnceForAllPlansThatShareThem() {
    assertThat(sent.number(SHOP).news()).isPresent();
    assertThat(sent.number(new AddressRules(SHOP.allow(), SHOP.deny())))
        .isEqualTo(new Numbered(1, Optional.empty()));
    assertThat(sent.number(rules(1)).number()).isEqualTo(2);
  }

  @Test
  void builtInRulesAreNumberZeroAndNeverSent() {
    assertThat(sent.number(AddressRules.BUILT_IN)).isEqualTo(new Numbered(0, Optional.empty()));
    assertThat(known.find(0)).contains(AddressRules.BUILT_IN);
  }

  /** The stream of an operator from before there were policies. */
  @Test
  void planThatNamesNoRulesIsUnderTheBuiltInOnes() {
    Plan old =
        PlanMessages.encode(Samples.plan(1).withRules(SHOP), sent).toBuilder()
            .clearRules()
            .clearNewRules()
            .build();
    assertThat(PlanMessages.decode(old, known).map(ProbePlan::rules))
        .contains(AddressRules.BUILT_IN);
  }

  @Test
  void planWhoseRulesNobodyHasToldIsNotFollowed() {
    Plan named = PlanMessages.encode(Samples.plan(1).withRules(SHOP), sent);
    assertThat(PlanMessages.decode(named.toBuilder().clearNewRules().build(), known)).isEmpty();
    assertThat(PlanMessages.decode(named, known).map(ProbePlan::rules)).contains(SHOP);
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "5, 8", "0, 0", "4, 33", "4, -1", "4, 31", "16, 129"})
  void rulesThatCannotBeUnderstoodMakeTheirNumberMeanNothing(int octets, int length) {
    tell(SHOP);
    byte[] address = new byte[octets];
    java.util.Arrays.fill(address, (byte) 1);
    known.learn(
        RulesMessages.encode(1, rules(1)).toBuilder()
            .addDeny(
                Network.newBuilder()
                    .setAddress(ByteString.copyFrom(address))
                    .setPrefixLength(length))
            .build());
    assertThat(known.find(1)).isEmpty();
  }

  @Test
  void nobodyCanTakeTheNumberOfTheBuiltInRules() {
    known.learn(RulesMessages.encode(0, SHOP));
    assertThat(known.find(0)).contains(AddressRules.BUILT_IN);
  }

  @Test
  void numbersAreGivenAnewWhenAllAreInUse() {
    for (int i = 0; i < SentRules.MOST; i++) {
      tell(rules(i));
    }
    assertThat(sent.number(rules(0)).news()).isEmpty();
    tell(SHOP);
    assertThat(sent.number(SHOP)).isEqualTo(new Numbered(1, Optional.empty()));
    assertThat(known.find(1)).contains(SHOP);
    assertThat(known.find(2)).contains(rules(1));
    assertThat(sent.number(rules(0)).number()).isEqualTo(2);
  }

  private void tell(AddressRules rules) {
    sent.number(rules).news().ifPresent(known::learn);
  }

  private static AddressRules rules(int number) {
    String network = "10.%d.%d.0/24".formatted(number >> 8, number & 255);
    return new AddressRules(Networks.ALL, Networks.of(network));
  }
}
