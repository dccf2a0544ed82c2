package dev.pingcheck.truth;

import dev.pingcheck.lab.tun.TunNamespace;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run in a namespace of its own, which is gone at the end. */
public final class TruthRun {
  private static final long PATIENCE_MINUTES = 15;

  private TruthRun() {}

  /**
   * Runs it.
   *
   * @param sockets {@code RAW} or {@code PING}
   * @param requests in all
   * @param window the most that are unsettled at once
   * @throws IllegalStateException with what the program said, when it did not get through
   */
  public static TruthResult of(String sockets, long seed, int requests, int window) {
    TruthPlan plan = new TruthPlan(SocketKind.valueOf(sockets), seed, requests, window);
    try (TunNamespace namespace = new TunNamespace()) {
      Process process =
          namespace.java(
              List.of("-Xmx768m", "-XX:+UseSerialGC"), TruthMain.class, plan.arguments());
      // Whoever does not end by then is ended, which ends the reading of what it says.
      process
          .onExit()
          .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES)
          .whenComplete((ended, late) -> process.destroyForcibly());
      List<String> lines = process.inputReader().lines().toList();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the run did not get through: " + String.join("\n", lines));
      }
      return TruthResult.parse(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("it was interrupted", e);
    }
  }
}
