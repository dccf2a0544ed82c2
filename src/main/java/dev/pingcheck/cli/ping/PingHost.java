package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.EchoExchange;
import dev.pingcheck.engine.EchoListener;
import dev.pingcheck.engine.EchoShape;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.log.SafeText;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** One host of a ping: its requests, and what became of them. Used on the loop's thread alone. */
final class PingHost implements EchoListener {
  /** Is told when a request is settled. */
  interface Progress {
    void settled(PingHost host, boolean sent);
  }

  final PingStatistics statistics = new PingStatistics();
  private final String name;
  private final Peer peer;
  private final EchoShape shape;
  private final PingPrinter printer;
  private final boolean alone;
  private final TreeSet<Integer> open = new TreeSet<>();
  private Progress progress = (host, left) -> {};
  private int sent;
  private boolean lastIsAnswered = true;
  private boolean over;
  private Optional<LossReason> hindrance = Optional.empty();

  /**
   * @param typed the host's name as the user typed it
   * @param alone whether there is no other host, so that all ends if it has no route
   */
  PingHost(String typed, Peer peer, EchoShape shape, PingPrinter printer, boolean alone) {
    name = SafeText.of(typed);
    this.peer = peer;
    this.shape = shape;
    this.printer = printer;
    this.alone = alone;
  }

  void reportTo(Progress listener) {
    progress = listener;
  }

  /** As the user typed it, fit for a terminal. */
  String name() {
    return name;
  }

  Peer peer() {
    return peer;
  }

  EchoShape shape() {
    return shape;
  }

  /** Requests so far. */
  int sent() {
    return sent;
  }

  /** Whether a reply to the last request has come. */
  boolean isLastAnswered() {
    return lastIsAnswered;
  }

  /** Why the very first request could not leave this machine, if nothing else is to be done. */
  Optional<LossReason> hindrance() {
    return hindrance;
  }

  /** Whether requests still wait. */
  boolean isWaiting() {
    return !open.isEmpty();
  }

  /**
   * Whether there is nothing left to do.
   *
   * @param count requests, or with a deadline the replies that are wanted
   */
  boolean isDone(int count, boolean deadline) {
    if (deadline) {
      return statistics.errors() > 0 || statistics.receivedCount() >= count;
    }
    return sent >= count && open.isEmpty();
  }

  void send(EchoExchange exchange, long timeout) {
    int ordinal = sent++;
    open.add(ordinal);
    lastIsAnswered = false;
    statistics.transmitted();
    printer.sent(this);
    exchange.send(peer, shape, timeout, ordinal, this);
  }

  /** Nothing counts from here on; what still waits is lost. */
  void end() {
    over = true;
    open.forEach(ordinal -> printer.lost(this, ordinal));
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    if (over || !open.remove(echo.ordinal())) {
      return;
    }
    lastIsAnswered |= echo.ordinal() == sent - 1;
    statistics.heard(sent - echo.ordinal());
    if (arrival.hasRtt()) {
      statistics.received(arrival.rtt());
    } else {
      statistics.receivedUntimed();
    }
    printer.reply(this, echo, arrival);
    progress.settled(this, true);
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    if (over || !open.remove(echo.ordinal())) {
      return;
    }
    if (error.isPresent()) {
      statistics.error();
      statistics.heard(sent - echo.ordinal());
      printer.error(this, echo, reason, error.get());
    } else if (reason == LossReason.TIMEOUT) {
      printer.lost(this, echo.ordinal());
    } else {
      notSent(echo, reason);
      progress.settled(this, false);
      return;
    }
    progress.settled(this, true);
  }

  private void notSent(Echo echo, LossReason reason) {
    if (alone && reason == LossReason.NO_ROUTE && echo.ordinal() == 0) {
      hindrance = Optional.of(reason);
    } else {
      if (reason == LossReason.PACKET_TOO_BIG) {
        statistics.error();
      }
      printer.notSent(this, echo, reason);
    }
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {
    if (over) {
      return;
    }
    if (kind == StrayKind.DUPLICATE) {
      statistics.duplicate();
    } else if (kind == StrayKind.CORRUPT || kind == StrayKind.TRUNCATED) {
      statistics.corrupted();
    }
    printer.stray(this, echo, kind, arrival);
  }
}
