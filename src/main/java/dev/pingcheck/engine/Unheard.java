package dev.pingcheck.engine;

import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.Optional;

/** Listens to nothing. */
enum Unheard implements EchoListener {
  INSTANCE;

  @Override
  public void received(Echo echo, Arrival arrival) {}

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {}

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {}
}
