package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.address;
import static dev.pingcheck.engine.EngineFixture.peer;
import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.plan.EchoRate;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.stats.Resolution;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {
  private static final ProbePlan NAMED = plan("u", "gw.test", 1, "PT1S PT30S PT2S");

  private final EngineFixture f = new EngineFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "169.254.169.254",
        "fe80::1",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1"
      })
  void forbiddenLiteralIsNeverSentTo(String literal) {
    assertThat(f.startRound(plan("u", literal, 4, "PT1S PT30S PT2S"))).isEmpty();
    assertThat(f.after("PT29S")).isEmpty();
    assertThat(only().state()).isEqualTo(Resolution.State.FORBIDDEN);
  }

  @Test
  void mappedAnswerIsForbiddenAsTheAddressThatItIs() throws UnknownHostException {
    byte[] octets = new byte[16];
    octets[10] = octets[11] = (byte) 0xff;
    System.arraycopy(address("169.254.169.254").getAddress(), 0, octets, 12, 4);
    answer(Resolution.resolved(), Inet6Address.getByAddress(null, octets, -1));
    assertThat(f.startRound(NAMED)).isEmpty();
    assertThat(only().state()).isEqualTo(Resolution.State.FORBIDDEN);
  }

  @Test
  void nameThatTurnsToAForbiddenAddressIsNotPingedFromThatRoundOn() {
    answer("192.0.2.1");
    assertThat(f.startRound(NAMED)).extracting(Sent::to).containsExactly(peer("192.0.2.1"));
    answer("169.254.169.254");
    assertThat(f.after("PT30S")).isEmpty();
    assertThat(f.reports).hasSize(2);
    assertThat(f.reports.get(1).addresses()).isEmpty();
    assertThat(f.reports.get(1).resolution())
        .isEqualTo(
            Resolution.forbidden(
                "gw.test is not pinged: 169.254.169.254 is in 169.254.0.0/16 (link-local), which is"
                    + " denied unless a PingPolicy allows it by name."));
    answer("192.0.2.1");
    assertThat(f.after("PT30S")).extracting(Sent::to).containsExactly(peer("192.0.2.1"));
  }

  @Test
  void staleAddressIsJudgedToo() {
    answer(Resolution.stale("No server answers.", Duration.ofSeconds(9)), address("127.0.0.1"));
    assertThat(f.startRound(NAMED)).isEmpty();
    assertThat(only().state()).isEqualTo(Resolution.State.FORBIDDEN);
  }

  @Test
  void ofSeveralAddressesOnlyTheAllowedOnesArePingedAndTheOthersTold() {
    answer("127.0.0.1", "192.0.2.1", "fe80::1", "192.0.2.2");
    assertThat(f.startRound(NAMED))
        .extracting(Sent::to)
        .containsExactly(peer("192.0.2.1"), peer("192.0.2.2"));
    f.after("PT2S");
    assertThat(only().state()).isEqualTo(Resolution.State.RESOLVED);
    assertThat(only().detail())
        .isEqualTo(
            "Not pinged: 127.0.0.1 is in 127.0.0.0/8 (loopback), which is denied unless a"
                + " PingPolicy allows it by name; fe80::1 is in fe80::/10 (link-local), which is"
                + " denied unless a PingPolicy allows it by name.");
  }

  @Test
  void ofManyForbiddenAddressesAFewAreTold() {
    answer("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6");
    f.startRound(NAMED);
    assertThat(only().detail()).contains("127.0.0.4").endsWith("; and 2 more.");
  }

  @Test
  void otherRulesHoldAtOnce() {
    ProbePlan free = plan("u", "192.0.2.1", 30, "PT1S PT30S PT2S");
    assertThat(f.startRound(free)).hasSize(1);
    assertThat(f.after("PT1S")).hasSize(1);
    f.engine.put(free.withRules(new AddressRules(Networks.ALL, Networks.of("192.0.2.0/24"))));
    f.turns();
    assertThat(f.after("PT1S")).isEmpty();
    for (int i = 0; i < 60; i++) {
      assertThat(f.after("PT1S")).isEmpty();
    }
    assertThat(f.reports).hasSize(2);
    assertThat(f.reports)
        .allSatisfy(r -> assertThat(r.resolution().state()).isEqualTo(Resolution.State.FORBIDDEN));
  }

  @Test
  void rulesThatAllowLoopbackLetItBePinged() {
    assertThat(f.startRound(plan("u", "::1", 1, "PT1S PT30S PT2S").withRules(EngineFixture.NEAR)))
        .extracting(Sent::to)
        .containsExactly(Peer.of(address("::1")));
  }

  @Test
  void theRateOfACheckIsCountedForAsManyAddressesAsArePingedAtMost() {
    assertThat(EchoRate.MOST_ADDRESSES).isEqualTo(AddressPick.MOST_ADDRESSES);
  }

  private Resolution only() {
    assertThat(f.reports).hasSize(1);
    return f.reports.getFirst().resolution();
  }

  private void answer(String... addresses) {
    answer(
        Resolution.resolved(),
        Arrays.stream(addresses).map(EngineFixture::address).toArray(InetAddress[]::new));
  }

  private void answer(Resolution resolution, InetAddress... addresses) {
    f.names.put("gw.test", new Answer(resolution, List.of(addresses)));
  }
}
