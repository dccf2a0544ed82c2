package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0s, 0",
    "1ns, 1",
    "1us, 1000",
    "1µs, 1000",
    "1μs, 1000",
    "100ms, 100000000",
    "-100ms, -100000000",
    "+5s, 5000000000",
    "1s, 1000000000",
    ".5s, 500000000",
    "5.s, 5000000000",
    "1.5s, 1500000000",
    "0.2s, 200000000",
    "1m30s, 90000000000",
    "1h2m3.5s, 3723500000000",
    "3.5s1h2m, 3723500000000",
    "1s1s, 2000000000",
    "0.000000001s, 1",
    "0.0000000019s, 1",
    "1.9ns, 1",
    "0.9ns0.9ns, 0",
    "0.3333333333333333333h, 1199999999999",
    "2562047h47m16.854775807s, 9223372036854775807",
    "-2562047h47m16.854775807s, -9223372036854775807"
  })
  void goDurationIsReadToTheNanosecond(String text, long nanos) {
    assertThat(Durations.parse(text)).contains(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "s",
        "1",
        "1.5",
        ".s",
        "1 s",
        " 1s",
        "1s ",
        "1S",
        "1sec",
        "1d",
        "1e3s",
        "--1s",
        "1s-1s",
        "1,5s",
        "1..5s",
        "1.5.5s",
        "PT1S",
        "0x1s",
        "٣s",
        "1s\n",
        "2562047h47m16.854775808s",
        "99999999999999999999h",
        "00000000000000000000000000000000000000000000000000000000000000001s"
      })
  void anythingElseIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "999, 999ns",
    "1000, 1µs",
    "1001, 1.001µs",
    "45100, 45.1µs",
    "999999, 999.999µs",
    "1000000, 1ms",
    "1234000, 1.234ms",
    "1234499, 1.234ms",
    "1234500, 1.235ms",
    "20000000, 20ms",
    "100000000, 100ms",
    "999999499, 999.999ms",
    "999999500, 1s",
    "1000000000, 1s",
    "2001500000, 2.002s",
    "60000000000, 60s",
    "3600000000000, 3600s",
    "9223372036854775807, 9223372036.855s"
  })
  void measuredTimeHasThreeDecimalsAtMost(long nanos, String text) {
    assertThat(Durations.format(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1001, 1.001µs",
    "10500000, 10.5ms",
    "999999999, 999.999999ms",
    "1000000000, 1s",
    "1500000000, 1.5s",
    "30000000000, 30s",
    "60000000000, 1m",
    "90000000000, 1m30s",
    "3600000000000, 1h",
    "5400000000000, 1h30m",
    "3600000000001, 1h0.000000001s",
    "86400000000000, 24h"
  })
  void exactTimeIsShortAndReadBackWhole(long nanos, String text) {
    assertThat(Durations.exact(Duration.ofNanos(nanos))).isEqualTo(text);
    assertThat(Durations.parse(text)).contains(Duration.ofNanos(nanos));
  }

  @Test
  void negativeTimeHasNoForm() {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.exact(Duration.ofNanos(-1)));
  }
}
