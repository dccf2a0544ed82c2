package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.wire.EchoCookie;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.engine.wire.IcmpDecoder;
import dev.pingcheck.engine.wire.QuotedRequest;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;

/**
 * Finds the echo request that a packet is for, and judges the packet. A reply counts only if its
 * identifier, sequence, source address, cookie and whole payload are those of an open request, and
 * it arrived within that request's timeout.
 */
final class EchoMatcher {
  private final InFlightTable table;
  private final EchoCookie cookies;
  private final ArrivalClock clock;
  private final Settlement settlement;
  private final EngineCounters counters;
  private final IcmpDecoder decoder = new IcmpDecoder();
  private final Arrival arrival = new Arrival();

  EchoMatcher(
      InFlightTable table,
      EchoCookie cookies,
      ArrivalClock clock,
      Settlement settlement,
      EngineCounters counters) {
    this.table = table;
    this.cookies = cookies;
    this.clock = clock;
    this.settlement = settlement;
    this.counters = counters;
  }

  void accept(IpFamily family, ReceivedPackets packets, int index) {
    IcmpDecoder.Verdict verdict =
        family == IpFamily.IPV4
            ? decoder.decodeIpv4(packets.octets(index), packets.length(index))
            : decoder.decodeIpv6(
                packets.octets(index), packets.length(index), packets.isCutOff(index));
    if (verdict == IcmpDecoder.Verdict.IGNORED) {
      return;
    }
    describe(family, packets, index);
    switch (verdict) {
      case REPLY -> reply();
      case ERROR -> error();
      case TRUNCATED, CORRUPT -> damaged();
      case IGNORED -> throw new IllegalStateException("handled above");
    }
  }

  private void describe(IpFamily family, ReceivedPackets packets, int index) {
    long stamp = packets.kernelStamp(index);
    if (stamp != 0 && !clock.trusts(family, stamp)) {
      counters.stampsDiscarded.increment();
    }
    arrival.family = family;
    arrival.sourceHigh = packets.sourceHigh(index);
    arrival.sourceLow = packets.sourceLow(index);
    arrival.sourceScope = packets.sourceScope(index);
    arrival.size = decoder.messageSize();
    arrival.timeToLive = family == IpFamily.IPV4 ? decoder.timeToLive() : packets.hopLimit(index);
    arrival.type = decoder.type();
    arrival.code = decoder.code();
    arrival.nanos = clock.arrival(family, stamp);
    arrival.time = clock.instant();
    arrival.rtt = 0;
  }

  /** What cannot be read whole is attributed by what can be, if the sender is right. */
  private void damaged() {
    if (!table.isOurs(decoder.identifier())) {
      return;
    }
    Echo echo = table.find(decoder.identifier(), decoder.sequence());
    if (echo != null && isFrom(echo)) {
      settlement.stray(echo, StrayKind.CORRUPT, arrival);
    } else {
      settlement.stray(StrayKind.CORRUPT);
    }
  }

  private void reply() {
    if (!table.isOurs(decoder.identifier())) {
      return;
    }
    Echo echo = table.find(decoder.identifier(), decoder.sequence());
    if (!isGenuine() || (echo != null && echo.number == decoder.number() && !isFrom(echo))) {
      foreign(echo);
    } else if (echo == null || echo.number != decoder.number()) {
      // We did send it, so long ago that its place is another's by now.
      settlement.stray(StrayKind.LATE);
    } else if (decoder.messageSize() != EchoFormat.HEADER_SIZE + echo.payloadSize
        || !decoder.isPatternIntact()) {
      settlement.stray(echo, StrayKind.CORRUPT, arrival);
    } else {
      judge(echo);
    }
  }

  private void judge(Echo echo) {
    arrival.rtt = Math.max(0, arrival.nanos - echo.sentAt);
    switch (echo.state) {
      case WAITING -> {
        if (isInTime(echo)) {
          settlement.received(echo, arrival);
        } else {
          settlement.lost(echo, LossReason.TIMEOUT, arrival.nanos, arrival.time);
          late(echo);
        }
      }
      case LOST -> late(echo);
      case RECEIVED, LOST_ANSWERED -> settlement.stray(echo, StrayKind.DUPLICATE, arrival);
      case FREE, QUEUED, UNSENT -> foreign(echo);
    }
  }

  private void late(Echo echo) {
    echo.state = Echo.State.LOST_ANSWERED;
    settlement.stray(echo, StrayKind.LATE, arrival);
  }

  /** Anybody can send an error: it changes nothing unless it quotes an open request of ours. */
  private void error() {
    QuotedRequest quote = decoder.quote();
    if (!table.isOurs(quote.identifier())) {
      return;
    }
    Echo echo = table.find(quote.identifier(), quote.sequence());
    if (echo == null) {
      counters.staleErrors.increment();
      return;
    }
    boolean ours =
        echo.peer.family() == arrival.family
            && echo.peer.matches(quote.destinationHigh(), quote.destinationLow(), 0)
            && (!quote.hasCookie() || isQuoteOf(quote, echo));
    if (!ours) {
      foreign(echo);
    } else if (echo.state != Echo.State.WAITING || !isInTime(echo)) {
      counters.staleErrors.increment();
    } else {
      settlement.lost(echo, LossReasons.of(arrival.family, arrival.type, arrival.code), arrival);
    }
  }

  private boolean isQuoteOf(QuotedRequest quote, Echo echo) {
    return quote.number() == echo.number
        && quote.cookie()
            == cookies.of(
                echo.identifier, echo.sequence, echo.number, echo.peer.high(), echo.peer.low());
  }

  private boolean isGenuine() {
    return decoder.cookie()
        == cookies.of(
            decoder.identifier(),
            decoder.sequence(),
            decoder.number(),
            arrival.sourceHigh,
            arrival.sourceLow);
  }

  private boolean isFrom(Echo echo) {
    return echo.peer.family() == arrival.family
        && echo.peer.matches(arrival.sourceHigh, arrival.sourceLow, arrival.sourceScope);
  }

  private boolean isInTime(Echo echo) {
    return arrival.nanos - echo.sentAt <= echo.timeout;
  }

  private void foreign(Echo echo) {
    if (echo == null) {
      settlement.stray(StrayKind.FOREIGN);
    } else {
      settlement.stray(echo, StrayKind.FOREIGN, arrival);
    }
  }
}
