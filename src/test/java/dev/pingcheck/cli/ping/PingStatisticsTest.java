package dev.pingcheck.cli.ping;

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
    assertThat(statistics.summary("h.example", 3_004_499_999L, false))
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
    assertThat(statistics.summary("h", 0, false)).contains(", " + percent + "% packet loss");
  }

  @Test
  void withoutAPacketThereIsNoShareToTell() {
    assertThat(statistics.summary("h", 0, false))
        .isEqualTo("\n--- h ping statistics ---\n0 packets transmitted, 0 received\n");
  }

  @ParameterizedTest
  @CsvSource({"45000, 0.045", "999400, 0.999", "1234567, 1.23", "12345678, 12.3", "123456789, 123"})
  void timesHaveThePrecisionOfIputils(long nanos, String text) {
    assertThat(PingText.milliseconds(nanos)).isEqualTo(text);
  }

  @Test
  void floodTellsItsPaceAndHowManyWereUnderWay() {
    for (int i = 0; i < 3; i++) {
      statistics.transmitted();
    }
    statistics.heard(1);
    statistics.heard(3);
    statistics.received(800_000);
    statistics.received(1_600_000);
    assertThat(statistics.summary("h", 4_000_000, true))
        .endsWith(
            "rtt min/avg/max/mdev = 0.800/1.200/1.600/0.400 ms, pipe 3, ipg/ewma 2.000/0.900 ms");
  }

  @Test
  void withoutAReplyThePipeStandsAlone() {
    statistics.transmitted();
    statistics.transmitted();
    statistics.error();
    statistics.heard(2);
    assertThat(statistics.summary("h", 0, false)).endsWith("100% packet loss, time 0ms\npipe 2");
  }

  @Test
  void lineInBetweenHasTheFormOfIputils() {
    assertThat(statistics.line()).isEqualTo("0/0 packets, 0% loss");
    for (int i = 0; i < 1000; i++) {
      statistics.transmitted();
    }
    for (int i = 0; i < 998; i++) {
      statistics.received(2_000_000);
    }
    statistics.received(1_000_000);
    assertThat(statistics.line())
        .isEqualTo("999/1000 packets, 1% loss, min/avg/ewma/max = 1.000/1.999/1.875/2.000 ms");
  }

  @Test
  void shortSummaryHasTheFormOfFping() {
    assertThat(statistics.shortSummary()).isEqualTo("xmt/rcv/%loss = 0/0/0%");
    statistics.transmitted();
    statistics.transmitted();
    statistics.received(2_345_678);
    assertThat(statistics.shortSummary())
        .isEqualTo("xmt/rcv/%loss = 2/1/50%, min/avg/max = 2.35/2.35/2.35");
  }

  @Test
  void replyWithoutATimeCountsAndBendsNoTime() {
    statistics.transmitted();
    statistics.transmitted();
    statistics.receivedUntimed();
    statistics.received(3_000_000);
    assertThat(statistics.summary("h", 0, false))
        .contains("2 received, 0% packet loss")
        .endsWith("rtt min/avg/max/mdev = 3.000/3.000/3.000/0.000 ms");
  }
}
