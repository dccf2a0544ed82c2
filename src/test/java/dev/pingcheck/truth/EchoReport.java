package dev.pingcheck.truth;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.EchoListener;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.Optional;

/** What the engine reported of each request, on its thread. */
final class EchoReport implements EchoListener {
  private final Outcomes outcomes;
  private final StrayCounts strays;
  private final Runnable onSettled;
  private int settled;
  private int settledAgain;

  /**
   * @param onSettled is called when a request is settled
   */
  EchoReport(int requests, Runnable onSettled) {
    outcomes = new Outcomes(requests);
    strays = new StrayCounts(requests);
    this.onSettled = onSettled;
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    settle(echo.ordinal());
    outcomes.received(echo.ordinal());
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    settle(echo.ordinal());
    outcomes.lost(echo.ordinal(), reason);
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {
    strays.add(echo.ordinal(), kind);
  }

  private void settle(int ordinal) {
    if (!outcomes.isOpen(ordinal)) {
      settledAgain++;
    }
    settled++;
    onSettled.run();
  }

  Outcomes outcomes() {
    return outcomes;
  }

  StrayCounts strays() {
    return strays;
  }

  int settled() {
    return settled;
  }

  /** Requests that were settled although they had been before. */
  int settledAgain() {
    return settledAgain;
  }
}
