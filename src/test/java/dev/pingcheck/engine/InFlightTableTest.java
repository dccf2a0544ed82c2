package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InFlightTableTest {
  private static final long SECOND = 1_000_000_000L;

  private final InFlightTable table = new InFlightTable(new Random(3), () -> new Echo(null));

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
  void identifiersDifferFromProcessToProcess() {
    Echo echo = table.claim(0);
    InFlightTable other = new InFlightTable(new Random(4), () -> new Echo(null));
    assertThat(other.claim(0).identifier).isNotEqualTo(echo.identifier);
  }

  @Test
  void openRequestsAreFoundHoweverMuchTheTableGrows() {
    Echo first = table.claim(0);
    first.state = Echo.State.WAITING;
    for (int i = 0; i < 100_000; i++) {
      table.claim(0).state = Echo.State.WAITING;
    }
    assertThat(table.capacity()).isEqualTo(131_072);
    assertThat(table.find(first.identifier, first.sequence)).isSameAs(first);
    assertThat(first.number).isEqualTo(1);
    assertThat(table.isOurs(first.identifier)).isTrue();
  }

  @Test
  void settledRequestIsRememberedForFiveSeconds() {
    Echo first = claimSettled(0);
    for (int i = 0; i < 1_500; i++) {
      claimSettled(5 * SECOND - 1);
    }
    assertThat(table.find(first.identifier, 1)).isSameAs(first);
    for (int i = 0; i < 2_048; i++) {
      claimSettled(20 * SECOND);
    }
    assertThat(table.capacity()).isEqualTo(2_048);
    assertThat(table.find(first.identifier, 1)).isNull();
  }

  private Echo claimSettled(long now) {
    Echo echo = table.claim(now);
    echo.state = Echo.State.RECEIVED;
    echo.settledAt = now;
    return echo;
  }
}
