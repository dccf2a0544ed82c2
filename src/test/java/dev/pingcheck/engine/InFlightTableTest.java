package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SimulatedPort;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTableTest {
  private static final long SECOND = 1_000_000_000L;

  private final SimulatedPort port = new SimulatedPort(new FakeClock());
  private final InFlightTable table = new InFlightTable(port, () -> new Echo(null), 1 << 22);

  @Test
  void noPairComesAgainBeforeFourMillionRequests() {
    Set<Integer> identifiers = new HashSet<>();
    Set<Integer> pairs = new HashSet<>();
    for (int i = 0; i < 64 * 65_536; i++) {
      Echo echo = claimSettled(i * SECOND);
      identifiers.add(echo.identifier);
      if (i % 16 == 0) {
        assertThat(pairs.add(echo.identifier << 16 | echo.sequence)).isTrue();
      }
    }
    assertThat(identifiers).hasSize(64).doesNotContain(0);
    Echo again = claimSettled(0);
    assertThat(pairs).contains(again.identifier << 16 | again.sequence);
  }

  @Test
  void openRequestsAreFoundHoweverMuchTheTableGrows() {
    Echo first = table.claim(IpFamily.IPV4, 0);
    first.state = Echo.State.WAITING;
    for (int i = 0; i < 100_000; i++) {
      table.claim(IpFamily.IPV4, 0).state = Echo.State.WAITING;
    }
    assertThat(table.capacity()).isEqualTo(131_072);
    assertThat(table.find(IpFamily.IPV4, first.identifier, first.sequence)).isSameAs(first);
    assertThat(first.number).isEqualTo(1);
    assertThat(table.isOurs(IpFamily.IPV4, first.identifier)).isTrue();
  }

  @Test
  void settledRequestIsRememberedForFiveSeconds() {
    Echo first = claimSettled(0);
    for (int i = 0; i < 1_500; i++) {
      claimSettled(5 * SECOND - 1);
    }
    assertThat(table.find(IpFamily.IPV4, first.identifier, 1)).isSameAs(first);
    for (int i = 0; i < 2_048; i++) {
      claimSettled(20 * SECOND);
    }
    assertThat(table.capacity()).isEqualTo(2_048);
    assertThat(table.find(IpFamily.IPV4, first.identifier, 1)).isNull();
  }

  /** With raw sockets and with ping sockets; nobody ever answers, and each request waits 10 s. */
  @ParameterizedTest
  @ValueSource(ints = {64, 4})
  void oneTargetAThousandTimesASecondNeverRunsOutOfPairs(int identifiers) {
    loseAll(identifiers, 600_000, SECOND / 1_000, 10_000);
  }

  /** With raw sockets; ping sockets have fewer pairs, and each request may wait for 2 s there. */
  @ParameterizedTest
  @CsvSource({"64, 10", "4, 2"})
  void hundredThousandTargetsOnceASecondNeverRunOutOfPairs(int identifiers, int timeout) {
    loseAll(identifiers, 30 * 100_000, SECOND / 100_000, timeout * 100_000);
  }

  @Test
  void whenAllPairsOfPingSocketsAreOpenThereIsNoneUntilOneIsSettled() {
    InFlightTable small = table(4);
    Echo first = small.claim(IpFamily.IPV4, 0);
    first.state = Echo.State.WAITING;
    for (int i = 1; i < 4 << 16; i++) {
      small.claim(IpFamily.IPV4, 0).state = Echo.State.WAITING;
    }
    assertThat(small.claim(IpFamily.IPV4, 0)).isNull();
    first.state = Echo.State.RECEIVED;
    Echo again = null;
    for (int i = 0; i < 4 << 16 && again == null; i++) {
      again = small.claim(IpFamily.IPV4, 0);
    }
    assertThat(again).isSameAs(first);
    assertThat(again.number).isGreaterThan(4 << 16);
  }

  /** Each request is given up when so many others have been sent behind it. */
  private static void loseAll(int identifiers, int requests, long interval, int open) {
    InFlightTable table = table(identifiers);
    Echo[] waiting = new Echo[open];
    for (int i = 0; i < requests; i++) {
      long now = i * interval;
      Echo oldest = waiting[i % open];
      if (oldest != null) {
        oldest.state = Echo.State.LOST;
        oldest.settledAt = now;
      }
      Echo echo = table.claim(IpFamily.IPV4, now);
      assertThat(echo).as("request %d", i).isNotNull();
      assertThat(echo.isOpen()).as("request %d", i).isFalse();
      echo.state = Echo.State.WAITING;
      waiting[i % open] = echo;
      if (i % 64 == 0) {
        Echo any = waiting[(int) (i * 31L % Math.min(i + 1, open))];
        assertThat(table.find(IpFamily.IPV4, any.identifier, any.sequence)).isSameAs(any);
      }
    }
  }

  private static InFlightTable table(int identifiers) {
    SimulatedPort port = new SimulatedPort(new FakeClock(), identifiers);
    return new InFlightTable(port, () -> new Echo(null), 1 << 22);
  }

  private Echo claimSettled(long now) {
    Echo echo = table.claim(IpFamily.IPV4, now);
    echo.state = Echo.State.RECEIVED;
    echo.settledAt = now;
    return echo;
  }
}
