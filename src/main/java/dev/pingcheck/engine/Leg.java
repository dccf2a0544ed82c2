package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.RoundTally;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.Optional;

/** What a round does to one address: collects what becomes of its requests. */
final class Leg implements EchoListener {
  private final Round round;
  private final Peer peer;
  private final RoundTally tally;

  Leg(Round round, Peer peer, int count) {
    this.round = round;
    this.peer = peer;
    tally = new RoundTally(peer.text(), count);
    round.check().takePending(peer).forEach(tally.strays()::drain);
  }

  Peer peer() {
    return peer;
  }

  boolean isSettled() {
    return tally.isSettled();
  }

  AddressRound toAddressRound() {
    return tally.toAddressRound();
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    if (!round.isClosed()) {
      tally.received(echo.ordinal(), arrival.rtt(), arrival.time());
      round.progressed(arrival.time());
    }
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    if (!round.isClosed()) {
      tally.lost(echo.ordinal(), reason, at);
      round.progressed(at);
    }
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {
    if (round.isClosed()) {
      round.check().strayAfterwards(peer, kind);
    } else {
      tally.strays().add(kind);
    }
  }
}
