package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");

  @Test
  void timesAreNumbersInMillisecondsAndUtc() {
    assertThat(
            new JsonLine("reply", TIME)
                .put("seq", 3L)
                .putMilliseconds("rtt_ms", 1_234_567)
                .put("kernel_timed", true)
                .putNumber("loss_percent", "33.3333"))
        .hasToString(
            "{\"event\":\"reply\",\"time\":\"2026-01-02T03:04:05.678901Z\",\"seq\":3,"
                + "\"rtt_ms\":1.234567,\"kernel_timed\":true,\"loss_percent\":33.3333}");
  }

  @Test
  void anyTextComesBackFromAJsonReaderAndIsHarmlessOnATerminal() throws Exception {
    String text =
        "q\" b\\ \n\t\u0000 \u001b[31m \u009b \u202e \u2028 b\u00fccher \u4f8b \ud83d\ude00";
    String line = new JsonLine("error", TIME).put("text", text).toString();
    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.get("text").asText()).isEqualTo(text);
    assertThat(line.codePoints())
        .allMatch(each -> each >= ' ' && each != 0x9b && each != 0x202e && each != 0x2028)
        .contains(0xfc, 0x4f8b);
  }
}
