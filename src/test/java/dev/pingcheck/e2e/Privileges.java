package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Pods.Container;
import java.util.List;

/** What the kernel lets a container's process do, as the node sees it. */
final class Privileges {
  /** Bit 13 of linux/capability.h, and no other. */
  static final String NET_RAW = "0000000000002000";

  static final String NONE = "0000000000000000";

  private Privileges() {}

  /** Exactly these capabilities, no way to more, a filter of system calls, and nothing to write. */
  static void areThose(Pods pods, Container container, String capabilities, String user) {
    for (String set : List.of("CapEff", "CapPrm", "CapBnd")) {
      assertThat(pods.status(container, set)).as(set).isEqualTo(capabilities);
    }
    assertThat(pods.status(container, "CapAmb")).isEqualTo(NONE);
    assertThat(pods.status(container, "NoNewPrivs")).isEqualTo("1");
    assertThat(pods.status(container, "Seccomp")).as("a filter").isEqualTo("2");
    assertThat(pods.status(container, "Uid").split("\\s+")).containsOnly(user);
    assertThat(pods.node().run("cat", "/proc/" + container.pid() + "/mountinfo").lines())
        .as("a read-only root file system")
        .anyMatch(line -> line.contains(" / / ro,"));
  }
}
