package dev.pingcheck.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

  @ParameterizedTest
  @CsvSource({
    "gw.example.com, gw.example.com",
    "Gw_1.example, Gw_1.example",
    "fe80::1%net1, fe80::1%net1",
    "b\u00fccher.example, xn--bcher-kva.example",
    "\u4f8b\u3048\u3002\u30c6\u30b9\u30c8, xn--r8jz45g.xn--zckzah",
  })
  void nameOfAnotherScriptIsAskedForInItsAsciiForm(String typed, String query) {
    assertThat(HostName.fault(typed)).isEmpty();
    assertThat(HostName.query(typed)).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a b",
        "a\tb",
        "a\u001bc",
        "a\u009bc",
        "a\u202eb",
        "a\u00a0b",
        "a\ufffdb\u0000",
        "stra\u00dfe.de",
        "\u03b1\u03c2.gr",
        "\u00fc..example",
        "\u00fc:1",
      })
  void whatCannotBeAHostGetsASentenceFitForATerminal(String typed) {
    String sentence = HostName.fault(typed).orElseThrow();
    assertThat(sentence.codePoints())
        .allMatch(each -> each >= ' ' && each != 0x9b && each != 0x202e);
  }

  @Test
  void nameThatIsTooLongIsToldSo() {
    String label = "x".repeat(60) + ".";
    assertThat(HostName.fault(label.repeat(5)).orElseThrow()).endsWith("at most 253 characters");
  }
}
