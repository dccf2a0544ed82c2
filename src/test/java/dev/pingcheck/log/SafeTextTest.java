package dev.pingcheck.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

  @Test
  void whatSteersATerminalIsWrittenOut() {
    assertThat(SafeText.of("a\u001b[31m\u0007\u009bb\u202e\u2028\n"))
        .isEqualTo("a\\u{1b}[31m\\u{7}\\u{9b}b\\u{202e}\\u{2028}\\u{a}");
  }

  @Test
  void otherScriptsStayAsTheyAre() {
    String text = "b\u00fccher \u4f8b\u3048 \u05d0\u05d1 \ud83d\ude00";
    assertThat(SafeText.of(text)).isSameAs(text);
  }

  @Test
  void halfASurrogateIsNoCharacter() {
    assertThat(SafeText.of("\ud83d")).isEqualTo("\\u{d83d}");
  }
}
