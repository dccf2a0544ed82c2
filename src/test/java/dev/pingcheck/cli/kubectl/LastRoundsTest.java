package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.pingcheck.cli.kubectl.RoundMemory.Slot;
import dev.pingcheck.cli.kubectl.RoundMemory.Times;
import dev.pingcheck.page.ManyChecks;
import dev.pingcheck.page.ServedPage;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastRoundsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NOON = ManyChecks.NOON;

  private static PageApi api(ServedPage page) {
    return new PageApi(URI.create(page.url("")), PATIENCE);
  }

  /** A round in which one of two was lost. */
  private static RoundReport round(Instant start) {
    Replies replies = new Replies(1, List.of(5_000_000L), 0, OptionalInt.empty(), Optional.empty());
    AddressRound half =
        new AddressRound(
            "192.0.2.1", 2, replies, Map.of(LossReason.TIMEOUT, 1), Strays.NONE, Optional.empty());
    return new RoundReport(
        ManyChecks.uid("prod", "gw"),
        1,
        new RoundId("p", 1),
        start,
        start,
        Resolution.literal(),
        List.of(half),
        Pacing.ON_TIME);
  }

  private static RoundMemory memory(long... starts) {
    return new RoundMemory(
        Duration.ofSeconds(5),
        Arrays.stream(starts)
            .mapToObj(start -> new Slot(Instant.ofEpochSecond(start), 4, 0, Optional.empty()))
            .toList());
  }

  @Test
  void thePageOfAnOperatorTellsWhatItRemembers() throws Exception {
    ManyChecks checks = new ManyChecks();
    checks.put("prod", "gw", 0);
    try (ServedPage page = new ServedPage(checks);
        PageApi api = api(page)) {
      assertThat(api.rounds("prod", "gw").slots()).isEmpty();
      page.past.rounds().add(round(NOON));
      page.past.rounds().add(round(NOON.plusSeconds(62)));

      RoundMemory rounds = api.rounds("prod", "gw");

      assertThat(rounds.width()).isEqualTo(Duration.ofSeconds(5));
      assertThat(rounds.slots())
          .extracting(Slot::start, Slot::sent, Slot::lost)
          .containsExactly(tuple(NOON, 2, 1), tuple(NOON.plusSeconds(60), 2, 1));
      assertThat(rounds.slots().getFirst().rtt().orElseThrow().median())
          .isBetween(4_990_000L, 5_010_000L);
    }
  }

  @Test
  void aCheckThatAnOperatorDoesNotKnowYetHasNoRounds() throws Exception {
    try (ServedPage page = new ServedPage(new ManyChecks());
        PageApi api = api(page);
        PageApi beside = new PageApi(URI.create(page.url("/elsewhere")), PATIENCE)) {
      assertThat(api.rounds("prod", "gw")).isEqualTo(RoundMemory.NONE);
      assertThatThrownBy(() -> beside.rounds("prod", "gw"))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "the operator has nothing at /elsewhere/api/rounds/prod/gw: if it has a"
                  + " --page-prefix, name the same");
    }
  }

  @Test
  void aPageThatDoesNotAnswerIsGivenUp() throws Exception {
    // Connections wait in its backlog, as before a process that is stopped.
    try (ServerSocket hanging = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PageApi api =
            new PageApi(
                URI.create("http://127.0.0.1:" + hanging.getLocalPort()), Duration.ofMillis(50))) {
      assertThatThrownBy(() -> api.rounds("prod", "gw")).isInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  @Timeout(30)
  void aPageThatStopsWithinItsAnswerIsGivenUp() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"width\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush(); // and no more
        });
    server.start();
    try (PageApi api =
        new PageApi(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Duration.ofMillis(500))) {
      assertThatThrownBy(() -> api.rounds("prod", "gw")).isInstanceOf(HttpTimeoutException.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theMemoryWithTheNewestSlotCounts() throws Exception {
    Map<String, RoundMemory> memories =
        Map.of("op-1", memory(100, 200, 300), "op-2", memory(250, 305), "op-3", RoundMemory.NONE);
    PodAnswers<RoundMemory> answers = PodAnswers.of(List.of("op-1", "op-2", "op-3"), memories::get);
    assertThat(LastRounds.of(answers)).isEqualTo(new LastRounds(memories.get("op-2"), List.of()));
  }

  @Test
  void allPodsAreAskedAtOnceAndASilentOneHidesNothing() throws Exception {
    CyclicBarrier met = new CyclicBarrier(2);
    PodAnswers<RoundMemory> answers =
        PodAnswers.of(
            List.of("op-1", "op-2"),
            pod -> {
              await(met);
              if (pod.equals("op-1")) {
                throw new Refusal("the pod op-1 hangs");
              }
              return memory(100);
            });
    assertThat(LastRounds.of(answers))
        .isEqualTo(new LastRounds(memory(100), List.of("the pod op-1 hangs")));
  }

  private static void await(CyclicBarrier others) {
    try {
      others.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("they are asked one after the other", e);
    }
  }

  @Test
  void slotsAreReadWithAndWithoutTimes() {
    assertThat(
            RoundMemory.read(
                "{\"width\":15,\"length\":10800,\"slots\":[[60,4,4],[75,4,0,1,2,3,4,5]],\"new\":1}"))
        .isEqualTo(
            new RoundMemory(
                Duration.ofSeconds(15),
                List.of(
                    new Slot(Instant.ofEpochSecond(60), 4, 4, Optional.empty()),
                    new Slot(
                        Instant.ofEpochSecond(75), 4, 0, Optional.of(new Times(1, 2, 3, 4, 5))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "null",
        "[]",
        "{}",
        "{\"width\":0,\"slots\":[]}",
        "{\"width\":5}",
        "{\"width\":5,\"slots\":[null]}",
        "{\"width\":5,\"slots\":[[]]}",
        "{\"width\":5,\"slots\":[[60,4]]}",
        "{\"width\":5,\"slots\":[[60,4,4,1]]}",
        "{\"width\":5,\"slots\":[[60,4,null]]}",
        "{\"width\":5,\"slots\":[[60,4,5]]}",
        "{\"width\":5,\"slots\":[[60,4,-1]]}",
        "{\"width\":5,\"slots\":[[60,4294967300,0]]}",
        "{\"width\":5,\"slots\":[[9223372036854775807,4,4]]}",
        "{\"width\":5,\"slots\":[[9223372036854775808,4,4]]}",
        "{\"width\":5,\"slots\":[[60,4,0,1,2,3,4,-5]]}",
        "{\"width\":5,\"slots\":\"none\"}",
      })
  void anAnswerOfAnotherFormIsRefusedInOneSentence(String answer) {
    assertThatThrownBy(() -> RoundMemory.read(answer))
        .isInstanceOf(Refusal.class)
        .hasMessage("the operator's rounds cannot be read: is it of another version?");
  }
}
