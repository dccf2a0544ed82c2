package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.Headline.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageWordsTest {

  @Test
  void thePageKnowsEveryStateFromTheWorstToTheBest() throws IOException {
    String states =
        Stream.of(State.values())
            .map(state -> '"' + state.word() + '"')
            .collect(Collectors.joining(", "));
    try (InputStream words = PageFiles.class.getResourceAsStream("words.js")) {
      assertThat(new String(words.readAllBytes(), StandardCharsets.UTF_8))
          .contains("export const STATES = [" + states + "];");
    }
  }
}
