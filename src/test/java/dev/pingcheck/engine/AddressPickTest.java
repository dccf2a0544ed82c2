package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressPickTest {

  private static ProbePlan plan(IpFamilies families, AddressSelection selection) {
    ProbePlan plan = EngineFixture.plan();
    return new ProbePlan(
        plan.check(), "a.example", families, selection, plan.timing(), plan.packet());
  }

  private static List<InetAddress> numbered(String prefix, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> InetAddress.ofLiteral(prefix + i))
        .toList();
  }

  private static List<InetAddress> both(int ipv6, int ipv4) {
    return Stream.of(numbered("2001:db8::", ipv6), numbered("192.0.2.", ipv4))
        .flatMap(List::stream)
        .toList();
  }

  private static long ipv6(AddressPick pick) {
    return pick.peers().stream().filter(peer -> peer.text().contains(":")).count();
  }

  @Test
  void ofFiftyAddressesSixteenArePingedAndTheRestIsCounted() {
    AddressPick pick =
        AddressPick.of(plan(IpFamilies.IPV4, AddressSelection.ALL), numbered("192.0.2.", 50));
    assertThat(pick.peers()).isEqualTo(numbered("192.0.2.", 16).stream().map(Peer::of).toList());
    assertThat(pick.leftOut()).isEqualTo(34);
  }

  @Test
  void theFirstLeavesNoneOutBecauseItAsksForNoMore() {
    AddressPick pick =
        AddressPick.of(plan(IpFamilies.ANY, AddressSelection.FIRST), numbered("192.0.2.", 50));
    assertThat(pick.peers()).containsExactly(EngineFixture.peer("192.0.2.1"));
    assertThat(pick.leftOut()).isZero();
  }

  @Test
  void ofBothFamiliesTheFirstOfEachIsPinged() {
    AddressPick pick =
        AddressPick.of(plan(IpFamilies.DUAL_STACK, AddressSelection.FIRST), both(3, 3));
    assertThat(pick.peers())
        .containsExactly(EngineFixture.peer("2001:db8::1"), EngineFixture.peer("192.0.2.1"));
    assertThat(pick.leftOut()).isZero();
  }

  @Test
  void noFamilyCrowdsTheOtherOut() {
    ProbePlan plan = plan(IpFamilies.DUAL_STACK, AddressSelection.ALL);
    AddressPick many = AddressPick.of(plan, both(40, 30));
    assertThat(many.peers()).hasSize(16);
    assertThat(ipv6(many)).isEqualTo(8);
    assertThat(many.leftOut()).isEqualTo(54);
    AddressPick few = AddressPick.of(plan, both(40, 3));
    assertThat(few.peers()).hasSize(16);
    assertThat(ipv6(few)).isEqualTo(13);
    AddressPick all = AddressPick.of(plan, both(5, 11));
    assertThat(all.peers()).hasSize(16);
    assertThat(all.leftOut()).isZero();
  }
}
