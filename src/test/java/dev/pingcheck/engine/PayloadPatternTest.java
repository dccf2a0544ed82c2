package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.engine.wire.PayloadPattern;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pattern of the caller's own must come back as it left, also beside others. */
class PayloadPatternTest {
  private static final long TIMEOUT = 1_000_000_000;
  private static final PayloadPattern ONES = PayloadPattern.repeating((byte) 0xff);

  private final EngineFixture engine = new EngineFixture();
  private final List<String> told = new ArrayList<>();
  private final Peer peer = EngineFixture.peer(EngineFixture.ADDRESS);

  private final EchoListener listener =
      new EchoListener() {
        @Override
        public void received(Echo echo, Arrival arrival) {
          told.add(echo.ordinal() + " received");
        }

        @Override
        public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
          told.add(echo.ordinal() + " " + reason);
        }

        @Override
        public void stray(Echo echo, StrayKind kind, Arrival arrival) {
          told.add(echo.ordinal() + " " + kind);
        }
      };

  private void send(int ordinal, PayloadPattern pattern) {
    EchoShape shape = new EchoShape(32, SendOptions.DEFAULT, pattern);
    engine.loop.exchange().send(peer, shape, TIMEOUT, ordinal, listener);
  }

  @Test
  void repliesToRequestsOfSeveralPatternsAreEachComparedWithTheirOwn() {
    send(0, ONES);
    send(1, PayloadPattern.COUNTING);
    send(2, ONES);
    engine.turns();
    List<Sent> sent = engine.port.takeSent();
    assertThat(sent.get(0).message()).endsWith(0xff, 0xff);
    assertThat(sent.get(1).message()).endsWith(30, 31);
    sent.forEach(engine::reply);
    engine.turns();
    assertThat(told).containsExactly("0 received", "1 received", "2 received");
  }

  @Test
  void replyWithTheUsualPatternInPlaceOfTheOneSentIsCorrupt() {
    send(0, ONES);
    engine.turns();
    byte[] reply = TestPackets.reply(engine.port.takeSent().getFirst().message());
    for (int i = 24; i < reply.length; i++) {
      reply[i] = (byte) (i - 8);
    }
    engine.deliver(peer, TestPackets.sealed(reply));
    engine.turns();
    assertThat(told).containsExactly("0 CORRUPT");
  }
}
