package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Pods.Container;
import dev.pingcheck.pipeline.LossNote;
import dev.pingcheck.pipeline.PacketFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The packets of a bad round, from the probe that saw them to tshark, by the doors that are
 * documented.
 */
record Evidence(Pods pods, Plugin plugin) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Longer than a round that waits for its last reply: rounds end in the order of their starts. */
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** Loses every second request. */
  private static final String DROP =
      """
      nft -f - <<NFT
      table ip %s {
        chain in {
          type filter hook input priority filter
          ip daddr %s icmp type echo-request numgen inc mod 2 0 drop
        }
      }
      NFT
      """;

  /**
   * A check whose packets are kept.
   *
   * @param from of its spec; empty: a central probe
   */
  record Kept(String name, String host, String from) {}

  /** Begins a check, and waits until the next round that is bad has evidence. */
  void begin(Kept check) {
    pods.create(check.name, check.host, PERIOD, "capture: OnLoss, " + check.from);
    await().atMost(PATIENCE).until(() -> pods.condition(check.name, "Healthy").equals("True"));
    await()
        .atMost(PATIENCE)
        .until(() -> pods.metric(pods.leaders("operator"), "pingcheck_capture_kept_bytes") > 0);
  }

  /** Loses packets until an event says so, and returns what it says. */
  LossNote ofALoss(Kept check) {
    pods.node().run("sh", "-ec", DROP.formatted(check.name, check.host));
    try {
      return await()
          .atMost(PATIENCE)
          .until(
              () ->
                  pods.events(check.name, "LossThresholdExceeded").stream()
                      .findFirst()
                      .map(note -> LossNote.of(note).orElseThrow(() -> new AssertionError(note))),
              Optional::isPresent)
          .orElseThrow();
    } finally {
      pods.node().run("nft", "delete", "table", "ip", check.name);
    }
  }

  /** From the page of the operator that leads, and by the plugin: the same file, of that round. */
  void isHad(Kept check, LossNote note) throws IOException, InterruptedException {
    Path byPage = target(check, "page");
    String path = "/api/evidence/default/" + check.name;
    try (Forward page = Forward.to(pods, "pod/" + pods.leaders("operator").pod())) {
      await().atMost(PATIENCE).until(() -> page.get(path).contains(note.file()));
      page.download(path + "/" + note.file(), byPage);
    }
    note.isTrueOf(PacketFile.read(Files.readAllBytes(byPage)), check.host);
    isStillHad(check);
  }

  /** By the plugin, whichever pod has it. */
  void isStillHad(Kept check) {
    Path byPlugin = target(check, "plugin");
    plugin.run("pcap", check.name, "-o", byPlugin.toString());
    assertThat(byPlugin).hasSameBinaryContentAs(target(check, "page"));
  }

  void end(Kept check) {
    pods.node().run("kubectl", "delete", "pingcheck", check.name);
  }

  /** The operator that leads gives up the lease and is started again in its pod, to stand by. */
  void changeLeader() {
    Container before = pods.leaders("operator");
    pods.node().run("kill", "-TERM", before.pid());
    await().atMost(PATIENCE).until(() -> !pods.leaders("operator").pod().equals(before.pod()));
  }

  private static Path target(Kept check, String door) {
    return Path.of("target/e2e-" + check.name + "-by-" + door + ".pcapng").toAbsolutePath();
  }
}
