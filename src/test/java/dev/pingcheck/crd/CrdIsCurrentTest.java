package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrdIsCurrentTest {
  private static final Path FOLDER = Path.of("k8s/crd");

  @Test
  void committedCrdOfPingCheckIsWhatTheClassesGive() throws IOException {
    assertCurrent("pingchecks.pingcheck.dev.yaml", GeneratedCrd.ofPingCheck());
  }

  @Test
  void committedCrdOfPingPolicyIsWhatTheClassesGive() throws IOException {
    assertCurrent("pingpolicies.pingcheck.dev.yaml", GeneratedCrd.ofPingPolicy());
  }

  private static void assertCurrent(String name, String generated) throws IOException {
    Path committed = FOLDER.resolve(name);
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.writeString(committed, generated);
    }
    assertThat(Files.readString(committed))
        .as("mvn test -Dtest=CrdIsCurrentTest -Dpingcheck.regenerate=true writes %s", committed)
        .isEqualTo(generated);
  }
}
