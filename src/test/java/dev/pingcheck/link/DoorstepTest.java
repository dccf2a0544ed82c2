package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who knock without being probes. */
class DoorstepTest {
  @TempDir Path folder;
  private DoorBed bed;
  private final List<Socket> strangers = new ArrayList<>();

  @BeforeEach
  void makeBed() throws IOException {
    bed = new DoorBed(folder);
  }

  @AfterEach
  void clear() throws Exception {
    for (Socket stranger : strangers) {
      stranger.close();
    }
    bed.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private Socket stranger() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("localhost"), bed.port());
    socket.setSoTimeout(60_000);
    strangers.add(socket);
    return socket;
  }

  /** Waits until the operator has hung up. */
  private static void awaitEnd(Socket stranger) {
    try {
      while (stranger.getInputStream().read() >= 0) {
        // A farewell of TLS.
      }
    } catch (java.net.SocketTimeoutException stillOpen) {
      throw new AssertionError("the connection is still open", stillOpen);
    } catch (IOException reset) {
      // That is an end too.
    }
  }

  @Test
  void whoSpeaksSomethingElseIsHungUpOn() throws Exception {
    NetworkDoor door = bed.open();
    Socket http = stranger();
    http.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    Socket noise = stranger();
    noise.getOutputStream().write(new byte[4096]);
    awaitEnd(http);
    awaitEnd(noise);
    await().until(() -> door.connections() == 0);
  }

  @Test
  void aHandshakeThatHangsIsGivenUpAfterTenSeconds() throws Exception {
    NetworkDoor door = bed.open();
    Socket silent = stranger();
    await().until(() -> door.connections() == 1);
    bed.clock.advance(Duration.ofSeconds(10));
    awaitEnd(silent);
    await().until(() -> door.connections() == 0);
  }

  @Test
  void aProbeThatIsNeverAnsweredForIsSentAwayAfterTenSeconds() throws Exception {
    bed.authenticator = shown -> new CompletableFuture<>();
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(() -> bed.examined.size() == 1);
    bed.clock.advance(Duration.ofSeconds(10));
    await().until(() -> bed.examined.size() == 2);
    assertThat(probe.connected()).isFalse();
    assertThat(probe.lastFailure()).doesNotStartWith("no answer within");
  }

  @Test
  void aProbeThatWasLetInStays() throws Exception {
    bed.limits = DoorBed.withoutReviews();
    NetworkDoor door = bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(probe::connected);
    bed.clock.advance(Duration.ofMinutes(50));
    Socket silent = stranger();
    await().until(() -> door.connections() == 2);
    bed.clock.advance(Duration.ofSeconds(10));
    awaitEnd(silent);
    assertThat(probe.connected()).isTrue();
    assertThat(bed.examined).hasSize(1);
  }

  @Test
  void strangersWhoDawdleAreNoObstacleToAProbe() throws Exception {
    bed.limits = limits(100, 4, 300);
    NetworkDoor door = bed.open();
    for (int knock = 0; knock < 20; knock++) {
      stranger();
    }
    await().until(() -> bed.refused.size() == 16 && door.connections() == 4);
    LinkClient probe = bed.probe("aaaaaaaa");
    LinkClient beside =
        bed.probe("bbbbbbbb", new OperatorAddress.Beside(bed.socket()), new RecordingListener());
    await().until(() -> probe.connected() && beside.connected());
    assertThat(bed.refused).containsOnly(RefusalReason.TOO_MANY);
    awaitEnd(strangers.getFirst());
  }

  @Test
  void moreConnectionsThanThereIsRoomForAreClosedAtOnce() throws Exception {
    bed.limits = limits(3, 3, 300);
    NetworkDoor door = bed.open();
    for (int knock = 0; knock < 3; knock++) {
      stranger();
    }
    await().until(() -> door.connections() == 3);
    awaitEnd(stranger());
    awaitRefused(RefusalReason.TOO_MANY);
    strangers.getFirst().close();
    await().until(() -> door.connections() == 2);
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(probe::connected);
  }

  @Test
  void connectionsThatComeTooFastAreClosedBeforeTheyCostAnything() throws Exception {
    bed.limits = limits(100, 100, 2);
    NetworkDoor door = bed.open();
    for (int knock = 0; knock < 4; knock++) {
      stranger();
    }
    await().until(() -> door.connections() == 4);
    awaitEnd(stranger());
    awaitRefused(RefusalReason.TOO_MANY);
    bed.clock.advance(Duration.ofMillis(500));
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(probe::connected);
  }

  /** The connection may have ended before it is counted. */
  private void awaitRefused(RefusalReason reason) {
    await().untilAsserted(() -> assertThat(bed.refused).containsExactly(reason));
  }

  private static DoorLimits limits(int connections, int strangers, int perSecond) {
    Duration hour = Duration.ofHours(1);
    return new DoorLimits(connections, strangers, hour, perSecond, hour, hour);
  }
}
