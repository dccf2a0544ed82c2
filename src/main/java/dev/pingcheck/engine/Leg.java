package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.RoundTally;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a round does to one address: collects what becomes of its requests. */
final class Leg implements EchoListener {
  private final Round round;
  private final Peer peer;
  private final RoundTally tally;
  private final List<EchoTrace> traces = new ArrayList<>(0);

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

  /** What its requests were, if the plan asks for a capture. */
  List<EchoTrace> traces() {
    return traces;
  }

  private void trace(Echo echo, Optional<LossReason> lost) {
    if (round.check().plan().capture()) {
      traces.add(
          new EchoTrace(peer, echo.ordinal, echo.number, echo.identifier, echo.sequence, lost));
    }
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    if (!round.isClosed()) {
      trace(echo, Optional.empty());
      if (arrival.hasRtt()) {
        tally.received(echo.ordinal(), arrival.rtt(), arrival.isKernelTimed());
      } else {
        tally.receivedUntimed(echo.ordinal());
      }
      tally.lastReply(arrival.epochNanos(), arrival.timeToLive());
      round.progressed();
    }
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    if (!round.isClosed()) {
      trace(echo, Optional.of(reason));
      tally.lost(echo.ordinal(), reason, at);
      round.progressed();
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
