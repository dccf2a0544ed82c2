package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiReferenceIsCurrentTest {
  private static final Path COMMITTED = Path.of("docs/api-reference.md");

  @Test
  void committedPageIsWhatTheDefinitionsGive() throws IOException {
    String generated = ApiReference.markdown();
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.writeString(COMMITTED, generated);
    }
    assertThat(Files.readString(COMMITTED))
        .as("mvn test -Dtest=*IsCurrentTest -Dpingcheck.regenerate=true writes %s", COMMITTED)
        .isEqualTo(generated);
  }
}
