package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingStatisticsTest {
  private final PingStatistics statistics = new PingStatistics();

  @Test
  void summaryHasTheFormThatScriptsParse() {
    for (int i = 0; i < 4; i++) {
      statistics.transmitted();
    }
    statistics.received(31_000);
    statistics.received(51_000);
    statistics.received(44_000);
    statistics.duplicate();
    statistics.corrupted();
    statistics.error();
    assertThat(statistics.summary("h.example", 3_004_999_999L))
        .isEqualTo(
            """

            --- h.example ping statistics ---
            4 packets transmitted, 3 received, +1 duplicates, +1 corrupted, +1 errors, 25% packet \
            loss, time 3004ms
            rtt min/avg/max/mdev = 0.031/0.042/0.051/0.008 ms\
            """);
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 33.3333", "7, 0, 100", "1000, 999, 0.1", "9, 9, 0", "100000, 1, 99.999"})
  void lossHasSixDigitsAsPrintedByC(int transmitted, int received, String percent) {
    for (int i = 0; i < transmitted; i++) {
      statistics.transmitted();
    }
    for (int i = 0; i < received; i++) {
      statistics.received(1);
    }
    assertThat(statistics.summary("h", 0)).contains(", " + percent + "% packet loss");
  }

  @Test
  void withoutAPacketThereIsNoShareToTell() {
    assertThat(statistics.summary("h", 0))
        .isEqualTo("\n--- h ping statistics ---\n0 packets transmitted, 0 received\n");
  }

  @ParameterizedTest
  @CsvSource({"45000, 0.045", "999400, 0.999", "1234567, 1.23", "12345678, 12.3", "123456789, 123"})
  void timesHaveThePrecisionOfIputils(long nanos, String text) {
    assertThat(PingText.milliseconds(nanos)).isEqualTo(text);
  }
}
