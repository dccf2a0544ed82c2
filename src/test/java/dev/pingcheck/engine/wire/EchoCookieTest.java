package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoCookieTest {
  /** Key 00 01 .. 0f, as in the vectors of SipHash's authors. */
  private static final EchoCookie COOKIE = new EchoCookie(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @Test
  void hashesAsThePublishedVectorsSay() {
    assertThat(COOKIE.hash()).isEqualTo(0x726fdb47dd0e0e31L);
    assertThat(COOKIE.hash(0x0706050403020100L)).isEqualTo(0x93f5f5799a932462L);
    assertThat(COOKIE.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L))
        .isEqualTo(0x3f2acc7f57c29bdbL);
  }

  @Test
  void eachPartOfTheRequestChangesTheCookie() {
    long cookie = COOKIE.of(1, 2, 3, 4, 5);
    assertThat(COOKIE.of(1, 2, 3, 4, 5)).isEqualTo(cookie);
    assertThat(COOKIE.of(2, 2, 3, 4, 5)).isNotEqualTo(cookie);
    assertThat(COOKIE.of(1, 3, 3, 4, 5)).isNotEqualTo(cookie);
    assertThat(COOKIE.of(1, 2, 4, 4, 5)).isNotEqualTo(cookie);
    assertThat(COOKIE.of(1, 2, 3, 5, 5)).isNotEqualTo(cookie);
    assertThat(COOKIE.of(1, 2, 3, 4, 6)).isNotEqualTo(cookie);
    assertThat(new EchoCookie(0, 1).of(1, 2, 3, 4, 5)).isNotEqualTo(cookie);
  }

  @Test
  void theKeyIsNeverPrinted() {
    assertThat(COOKIE).hasToString("EchoCookie[key not shown]");
  }
}
