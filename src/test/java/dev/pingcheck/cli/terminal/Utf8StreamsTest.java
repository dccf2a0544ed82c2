package dev.pingcheck.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8StreamsTest {

  @Test
  void argumentsThatTheLocaleSpoilsAreReadFromTheKernelsCommandLine() {
    byte[] line =
        "java\0-cp\0x\0Main\0ping\0b\u00fccher.example\0\0".getBytes(StandardCharsets.UTF_8);
    String[] spoilt = {"ping", "b\ufffd\ufffdcher.example", ""};
    assertThat(Utf8Streams.last(spoilt, line)).containsExactly("ping", "b\u00fccher.example", "");
  }

  @Test
  void asciiIsLeftAlone() {
    String[] typed = {"ping", "::1"};
    assertThat(Utf8Streams.arguments(typed)).isSameAs(typed);
  }

  @Test
  void aCommandLineWithFewerWordsThanArgumentsIsNotBelieved() {
    String[] typed = {"a", "b"};
    assertThat(Utf8Streams.last(typed, "b\0".getBytes(StandardCharsets.UTF_8))).isSameAs(typed);
  }
}
