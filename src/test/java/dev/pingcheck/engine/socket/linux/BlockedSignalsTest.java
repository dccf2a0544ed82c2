package dev.pingcheck.engine.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedSignalsTest {

  @ParameterizedTest
  @CsvSource({
    "0000000000004006, true",
    "ffffffffffffffff, true",
    "0000000000004002, false",
    "0000000000004004, false",
    "0000000000000006, false",
    "0000000000000000, false",
  })
  void allThreeSignalsMustBeBlocked(String mask, boolean all) {
    String status = "Name:\tjava\nSigPnd:\t0000000000004006\nSigBlk:\t" + mask + "\nSigIgn:\t0\n";
    assertThat(BlockedSignals.areAllIn(status)).isEqualTo(all);
  }
}
