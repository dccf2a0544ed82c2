package dev.pingcheck.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.lab.tun.Emission;
import dev.pingcheck.lab.tun.Nature;
import dev.pingcheck.lab.tun.Packet;
import dev.pingcheck.stats.StrayKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Request 0 is sent at 0 and arrives at 1 ms; its timeout is 400 ms. */
class LedgerTest {
  /** Host unreachable, which the ledger reads only where it is told that it is an error. */
  private static final Packet UNREACHABLE =
      Packet.of(new byte[4], new byte[4], new byte[] {3, 1, 0, 0, 0, 0, 0, 0}).seal();

  private final Ledger ledger = new Ledger(4, SocketKind.RAW, Duration.ofMillis(400).toNanos());

  private void sent() {
    ledger.sending(0, 0);
    ledger.arrived(0, millis(1));
  }

  private void emit(Nature nature, int at) {
    Emission emission = new Emission(0, nature, UNREACHABLE, 0);
    ledger.emitted(emission, millis(at), millis(at + 1));
  }

  private static long millis(int count) {
    return Duration.ofMillis(count).toNanos();
  }

  private String text() {
    return ledger.outcomes().text(0) + " with " + ledger.strays().text(0);
  }

  @Test
  void whatIsNotAnsweredIsATimeout() {
    sent();
    assertThat(text()).isEqualTo("lost by TIMEOUT with no strays");
  }

  @Test
  void theFirstReplyInTimeCountsAndTheOthersAreDuplicates() {
    sent();
    emit(Nature.GENUINE, 10);
    emit(Nature.GENUINE, 20);
    emit(Nature.REPLAYED, 2000);
    emit(Nature.ERROR, 30);
    assertThat(text()).isEqualTo("received with 2 DUPLICATE");
  }

  @Test
  void theFirstReplyThatIsLateIsLateAndTheOthersAreDuplicates() {
    sent();
    emit(Nature.GENUINE, 460);
    emit(Nature.GENUINE, 470);
    assertThat(text()).isEqualTo("lost by TIMEOUT with 1 LATE, 1 DUPLICATE");
  }

  @Test
  void anErrorInTimeSettlesAndAReplyBehindItIsLate() {
    sent();
    emit(Nature.ERROR, 10);
    emit(Nature.GENUINE, 11);
    assertThat(text()).isEqualTo("lost by HOST_UNREACHABLE with 1 LATE");
  }

  @Test
  void nearTheTimeoutNobodyCanSay() {
    sent();
    emit(Nature.GENUINE, 351);
    assertThat(ledger.isUnsure(0)).isTrue();
  }

  @Test
  void whatPretendsToBeAReplyIsAStrayAndSettlesNothing() {
    sent();
    emit(Nature.CORRUPT, 10);
    emit(Nature.NOTHING, 11);
    assertThat(ledger.strays().get(0, StrayKind.CORRUPT)).isOne();
    assertThat(ledger.outcomes().text(0)).isEqualTo("lost by TIMEOUT");
  }

  @Test
  void whatNeverCameIsKnownAsSuch() {
    assertThat(ledger.isUnseen(0)).isTrue();
    sent();
    assertThat(ledger.isUnseen(0)).isFalse();
  }
}
