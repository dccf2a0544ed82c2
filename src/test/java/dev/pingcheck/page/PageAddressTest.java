package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {
  @Test
  void addressesAreReadAndToldApart() {
    assertThat(PageAddress.read("127.0.0.1:8081")).contains(new PageAddress("127.0.0.1", 8081));
    assertThat(PageAddress.read("[::1]:80").orElseThrow().isLoopback()).isTrue();
    assertThat(PageAddress.read("[::1]:80").orElseThrow()).hasToString("[::1]:80");
    assertThat(PageAddress.read("localhost:80").orElseThrow().isLoopback()).isTrue();
    assertThat(PageAddress.read("0.0.0.0:8081").orElseThrow().isLoopback()).isFalse();
    assertThat(PageAddress.read("[::]:8081").orElseThrow().isLoopback()).isFalse();
    assertThat(PageAddress.read("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8081", "host", "host:", "host:65536", "::1:80", "http://host:80"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> PageAddress.read(text))
        .hasMessage("must be HOST:PORT such as 127.0.0.1:8081, or none, not " + text);
  }

  @Test
  void aPrefixMayEndWithASlash() {
    assertThat(PageSettings.prefix("")).isEmpty();
    assertThat(PageSettings.prefix("/")).isEmpty();
    assertThat(PageSettings.prefix("/ops/pingcheck/")).isEqualTo("/ops/pingcheck");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops", "/a b", "//", "/a//b", "/a?b", "https://host/"})
  void whatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> PageSettings.prefix(text))
        .hasMessage("must be a path such as /pingcheck, not " + text);
  }
}
