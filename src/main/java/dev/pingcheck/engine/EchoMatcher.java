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
  private final RoundTripTimer timer;
  private final Settlement settlement;
  private final EngineCounters counters;
  private final IcmpDecoder decoder = new IcmpDecoder();
  private final QuotedRequest toldQuote = new QuotedRequest();
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
    timer = new RoundTripTimer(clock, counters);
  }

  void accept(IpFamily family, ReceivedPackets packets, int index) {
    IcmpDecoder.Verdict verdict = decode(family, packets, index);
    if (verdict == IcmpDecoder.Verdict.IGNORED) {
      return;
    }
    describe(family, packets, index);
    switch (verdict) {
      case REPLY -> reply();
      case ERROR -> {
        arrival.mtu = decoder.mtu();
        error(decoder.quote());
      }
      case REDIRECT -> {
        arrival.gatewayHigh = decoder.gatewayHigh();
        arrival.gatewayLow = decoder.gatewayLow();
        redirect(decoder.quote());
      }
      case TRUNCATED -> damaged(StrayKind.TRUNCATED);
      case CORRUPT -> damaged(StrayKind.CORRUPT);
      case IGNORED -> throw new IllegalStateException("handled above");
    }
  }

  /** The kernel tells when a request left. */
  void left(int key, long kernelStamp) {
    Echo echo = table.find(key);
    if (echo != null) {
      echo.sentStamp = kernelStamp;
    }
  }

  /** The kernel tells of an ICMP error that came for a request. */
  void accept(IpFamily family, ToldError told) {
    if (!told.readInto(toldQuote)) {
      return;
    }
    told.describe(arrival);
    arrived(family, told.stamp);
    if (told.isError()) {
      error(toldQuote);
    } else if (told.isRedirect()) {
      redirect(toldQuote);
    }
  }

  private IcmpDecoder.Verdict decode(IpFamily family, ReceivedPackets packets, int index) {
    if (family == IpFamily.IPV6) {
      return decoder.decodeIpv6(
          packets.octets(index), packets.length(index), packets.isCutOff(index));
    }
    return packets.hasIpHeader()
        ? decoder.decodeIpv4(packets.octets(index), packets.length(index))
        : decoder.decodeIpv4Message(
            packets.octets(index), packets.length(index), packets.isCutOff(index));
  }

  private void describe(IpFamily family, ReceivedPackets packets, int index) {
    arrival.sourceHigh = packets.sourceHigh(index);
    arrival.sourceLow = packets.sourceLow(index);
    arrival.sourceScope = packets.sourceScope(index);
    arrival.size = decoder.messageSize();
    arrival.timeToLive = packets.hasIpHeader() ? decoder.timeToLive() : packets.timeToLive(index);
    arrival.type = decoder.type();
    arrival.code = decoder.code();
    arrival.mtu = 0;
    arrived(family, packets.kernelStamp(index));
  }

  private void arrived(IpFamily family, long stamp) {
    arrival.family = family;
    arrival.stamp = stamp;
    arrival.trusted = clock.trusts(family, stamp);
    arrival.nanos = clock.arrival(family, stamp);
    arrival.earliest = arrival.trusted ? arrival.nanos : clock.emptyAt(family);
    arrival.epochNanos = clock.epochNanos();
    arrival.rtt = 0;
    arrival.hasRtt = false;
    arrival.kernelTimed = false;
  }

  /** What cannot be read whole is attributed by what can be, if the sender is right. */
  private void damaged(StrayKind kind) {
    if (!table.isOurs(arrival.family, decoder.identifier())) {
      return;
    }
    Echo echo = table.find(arrival.family, decoder.identifier(), decoder.sequence());
    if (echo != null && isFrom(echo)) {
      settlement.stray(echo, kind, arrival);
    } else {
      settlement.stray(kind);
    }
  }

  private void reply() {
    if (!table.isOurs(arrival.family, decoder.identifier())) {
      return;
    }
    Echo echo = table.find(arrival.family, decoder.identifier(), decoder.sequence());
    if (!isGenuine()) {
      pretended(echo);
    } else if (echo == null || echo.number != decoder.number()) {
      // We did send it, so long ago that its place is another's by now.
      settlement.stray(StrayKind.LATE);
    } else if (!isFrom(echo)) {
      settlement.stray(echo, StrayKind.FORGED, arrival);
    } else if (decoder.messageSize() < EchoFormat.HEADER_SIZE + echo.payloadSize) {
      settlement.stray(echo, StrayKind.TRUNCATED, arrival);
    } else if (decoder.messageSize() > EchoFormat.HEADER_SIZE + echo.payloadSize
        || !decoder.isIntact(echo.pattern)) {
      settlement.stray(echo, StrayKind.CORRUPT, arrival);
    } else {
      judge(echo);
    }
  }

  /** A reply without the right cookie: made up for a request of ours, or another program's. */
  private void pretended(Echo echo) {
    if (echo == null) {
      settlement.stray(StrayKind.FOREIGN);
    } else if (isFrom(echo) || isCookieOf(echo, decoder.cookie(), decoder.number())) {
      settlement.stray(echo, StrayKind.FORGED, arrival);
    } else {
      settlement.stray(echo, StrayKind.FOREIGN, arrival);
    }
  }

  private void judge(Echo echo) {
    timer.measure(echo, arrival);
    switch (echo.state) {
      case WAITING -> {
        if (timer.isInTime(echo, arrival)) {
          timer.count(arrival);
          settlement.received(echo, arrival);
        } else {
          settlement.lost(echo, LossReason.TIMEOUT, arrival.nanos, arrival.time());
          late(echo);
        }
      }
      case LOST -> late(echo);
      case RECEIVED, LOST_ANSWERED -> settlement.stray(echo, StrayKind.DUPLICATE, arrival);
      case FREE, QUEUED, UNSENT -> settlement.stray(echo, StrayKind.FORGED, arrival);
    }
  }

  private void late(Echo echo) {
    echo.state = Echo.State.LOST_ANSWERED;
    settlement.stray(echo, StrayKind.LATE, arrival);
  }

  /** Anybody can send an error: it changes nothing unless it quotes an open request of ours. */
  private void error(QuotedRequest quote) {
    if (!table.isOurs(arrival.family, quote.identifier())) {
      return;
    }
    Echo echo = table.find(arrival.family, quote.identifier(), quote.sequence());
    if (echo == null) {
      counters.staleErrors.increment();
    } else if (!isQuoteOf(quote, echo)) {
      settlement.stray(echo, StrayKind.FORGED, arrival);
    } else if (echo.state != Echo.State.WAITING || arrival.earliest - echo.sentAt > echo.timeout) {
      counters.staleErrors.increment();
    } else {
      settlement.lost(echo, LossReasons.of(arrival.family, arrival.type, arrival.code), arrival);
    }
  }

  /** A redirect changes nothing for the request: routing is the kernel's. */
  private void redirect(QuotedRequest quote) {
    Echo echo = table.find(arrival.family, quote.identifier(), quote.sequence());
    if (echo != null) {
      StrayKind kind = isQuoteOf(quote, echo) ? StrayKind.REDIRECT : StrayKind.FORGED;
      settlement.stray(echo, kind, arrival);
    }
  }

  /** Where a router quotes so little that the cookie is not in it, the rest has to do. */
  private boolean isQuoteOf(QuotedRequest quote, Echo echo) {
    return echo.peer.family() == arrival.family
        && echo.peer.matches(quote.destinationHigh(), quote.destinationLow(), 0)
        && (!quote.hasCookie() || isCookieOf(echo, quote.cookie(), quote.number()));
  }

  private boolean isCookieOf(Echo echo, long cookie, long number) {
    return number == echo.number
        && cookie
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
}
