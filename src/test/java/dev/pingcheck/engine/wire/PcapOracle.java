package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.wire.IcmpDecoder.Verdict;
import java.net.InetAddress;
import java.util.Optional;

/** Holds what the decoder made of a message against what pcap4j reads in the same octets. */
final class PcapOracle {
  /** Octets of payload that hold cookie and number. */
  private static final int SIGNED = 16;

  private final IcmpVersion version;
  private final IcmpDecoder decoder;

  PcapOracle(IcmpVersion version, IcmpDecoder decoder) {
    this.version = version;
    this.decoder = decoder;
  }

  /**
   * Compares field by field.
   *
   * @param verdict of a message that was not cut off
   */
  void compare(Verdict verdict, Optional<PcapMessage> read) {
    switch (verdict) {
      case REPLY -> reply(read.orElseThrow());
      case ERROR -> error(read.orElseThrow());
      case REDIRECT -> redirect(read.orElseThrow());
      case CORRUPT -> assertThat(read.filter(m -> m.isSound() && m.code() == 0)).isEmpty();
      case TRUNCATED ->
          assertThat(read.flatMap(PcapMessage::reply).filter(e -> e.payload().length >= SIGNED))
              .isEmpty();
      case IGNORED -> assertThat(read.filter(this::matters)).isEmpty();
    }
  }

  private boolean matters(PcapMessage message) {
    if (message.reply().isPresent()) {
      return true;
    }
    boolean asked = version.isError(message.type()) || version.isRedirect(message.type());
    return asked && message.isSound() && message.quote().isPresent();
  }

  private void reply(PcapMessage message) {
    PcapMessage.Echo echo = message.reply().orElseThrow();
    assertHead(message);
    assertThat(message.code()).isZero();
    assertThat(decoder.identifier()).isEqualTo(echo.identifier());
    assertThat(decoder.sequence()).isEqualTo(echo.sequence());
    assertThat(decoder.messageSize()).isEqualTo(8 + echo.payload().length);
    assertThat(decoder.cookie()).isEqualTo(echo.word(0));
    assertThat(decoder.number()).isEqualTo(echo.word(1));
  }

  private void error(PcapMessage message) {
    assertHead(message);
    assertThat(decoder.mtu()).isEqualTo(message.mtu());
    assertQuote(message.quote().orElseThrow());
  }

  private void redirect(PcapMessage message) {
    assertHead(message);
    assertAddress(message.gateway(), decoder.gatewayHigh(), decoder.gatewayLow());
    assertQuote(message.quote().orElseThrow());
  }

  private void assertHead(PcapMessage message) {
    assertThat(message.isSound()).isTrue();
    assertThat(decoder.type()).isEqualTo(message.type());
    assertThat(decoder.code()).isEqualTo(message.code());
  }

  private void assertQuote(PcapMessage.Quote read) {
    QuotedRequest quote = decoder.quote();
    assertAddress(read.destination(), quote.destinationHigh(), quote.destinationLow());
    assertThat(quote.identifier()).isEqualTo(read.request().identifier());
    assertThat(quote.sequence()).isEqualTo(read.request().sequence());
    assertThat(quote.hasCookie()).isEqualTo(isSigned(read.request()));
    if (quote.hasCookie()) {
      assertThat(quote.cookie()).isEqualTo(read.request().word(0));
      assertThat(quote.number()).isEqualTo(read.request().word(1));
    }
  }

  /** Zeros are padding: no request of ours is number 0. */
  private static boolean isSigned(PcapMessage.Echo request) {
    return request.payload().length >= SIGNED && (request.word(0) | request.word(1)) != 0;
  }

  private static void assertAddress(InetAddress address, long high, long low) {
    Peer peer = Peer.of(address);
    assertThat(high).isEqualTo(peer.high());
    assertThat(low).isEqualTo(peer.low());
  }
}
