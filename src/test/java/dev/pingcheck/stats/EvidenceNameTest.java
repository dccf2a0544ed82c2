package dev.pingcheck.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceNameTest {
  private static final EvidenceName NAME =
      new EvidenceName(Instant.parse("2026-11-25T03:31:06.123456Z"), new RoundId("9f3c21aa", 17));

  @Test
  void theNameTellsTimeAndRoundAndIsReadBack() {
    assertThat(NAME).hasToString("20261125T033106.123Z-9f3c21aa-17.pcapng");
    assertThat(EvidenceName.read(NAME.toString())).contains(NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20261125T033106.123Z-9f3c21aa-17.pcap",
        "20261125T033106.123Z-../-17.pcapng",
        "20261325T033106.123Z-9f3c21aa-17.pcapng",
        "x20261125T033106.123Z-9f3c21aa-17.pcapng",
        "20261125T033106.123Z-9f3c21aa-17.pcapng\n",
        "20261125T033106.123Z-9f3c21aa-17.pcapng/.."
      })
  void nothingElseIsAName(String text) {
    assertThat(EvidenceName.read(text)).isEmpty();
  }
}
