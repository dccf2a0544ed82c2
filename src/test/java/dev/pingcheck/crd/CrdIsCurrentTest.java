package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrdIsCurrentTest {
  private static final Path COMMITTED = Path.of("k8s/crd/pingchecks.pingcheck.dev.yaml");

  @Test
  void committedCrdIsWhatTheClassesGive() throws IOException {
    String generated = GeneratedCrd.yaml();
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.writeString(COMMITTED, generated);
    }
    assertThat(Files.readString(COMMITTED))
        .as("mvn test -Dtest=CrdIsCurrentTest -Dpingcheck.regenerate=true writes %s", COMMITTED)
        .isEqualTo(generated);
  }
}
