package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private final ManyChecks checks = new ManyChecks();

  /** One message. */
  private record Message(String id, String event, String data) {}

  /** A browser's side of it. */
  private static final class Stream implements AutoCloseable {
    private final BufferedReader reader;

    Stream(ServedPage page, String... headers) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(page.url("/api/changes")));
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<java.io.InputStream> answer =
          page.http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValue("text/event-stream; charset=utf-8");
      reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    Message next() throws Exception {
      String id = "";
      String event = "";
      String data = "";
      for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
        id = line.startsWith("id: ") ? line.substring(4) : id;
        event = line.startsWith("event: ") ? line.substring(7) : event;
        data = line.startsWith("data: ") ? line.substring(6) : data;
      }
      return new Message(id, event, data);
    }

    Message nextChecks() throws Exception {
      Message message = next();
      while (!message.event.equals("checks")) {
        message = next();
      }
      return message;
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }

  @Test
  void whoComesHearsWhoLeadsAndAllChecksAndThenWhatChanges() throws Exception {
    checks.put("a", "one", 0);
    checks.put("a", "two", 0);
    checks.role = PageSource.Role.STANDBY;
    try (ServedPage page = new ServedPage(checks);
        Stream stream = new Stream(page)) {
      Message first = stream.next();
      assertThat(first.event).isEqualTo("operator");
      assertThat(first.data).startsWith("{\"role\":\"STANDBY\",\"now\":");
      assertThat(stream.next().data)
          .isEqualTo(
              "{\"anew\":true,\"left\":0,\"rows\":["
                  + "[\"uid-of-a-one\",\"a\",\"one\",\"host-of-one.example.com\",\"192.0.2.1\",\"healthy\","
                  + "\"WithinThresholds\",0,\"1.234ms\",1767268800000,\"2026-01-01T11:00:00Z\",0],"
                  + "[\"uid-of-a-two\",\"a\",\"two\",\"host-of-two.example.com\",\"192.0.2.1\",\"healthy\","
                  + "\"WithinThresholds\",0,\"1.234ms\",1767268800000,\"2026-01-01T11:00:00Z\",0]],"
                  + "\"gone\":[]}");
      checks.put("a", "two", 100);
      Message change = stream.nextChecks();
      assertThat(change.data)
          .startsWith("{\"anew\":false,\"left\":0,\"rows\":[[\"uid-of-a-two\"")
          .contains("\"failing\",\"LossThresholdExceeded\",100,null");
      checks.remove("a", "one");
      assertThat(stream.nextChecks().data)
          .isEqualTo("{\"anew\":false,\"left\":0,\"rows\":[],\"gone\":[\"uid-of-a-one\"]}");
      checks.role = PageSource.Role.LEADER;
      assertThat(stream.next().data).startsWith("{\"role\":\"LEADER\"");
    }
  }

  @Test
  void thatThereIsNoCheckIsToldToo() throws Exception {
    try (ServedPage page = new ServedPage(checks);
        Stream stream = new Stream(page)) {
      assertThat(stream.nextChecks().data)
          .isEqualTo("{\"anew\":true,\"left\":0,\"rows\":[],\"gone\":[]}");
    }
  }

  @Test
  void manyChecksComeInPieces() throws Exception {
    checks.add(1234);
    try (ServedPage page = new ServedPage(checks);
        Stream stream = new Stream(page)) {
      assertThat(stream.nextChecks().data).startsWith("{\"anew\":true,\"left\":734,");
      assertThat(stream.nextChecks().data).startsWith("{\"anew\":false,\"left\":234,");
      assertThat(stream.nextChecks().data).startsWith("{\"anew\":false,\"left\":0,");
    }
  }

  @Test
  void whoComesBackHearsOfWhatChangedMeanwhileAlone() throws Exception {
    checks.add(700);
    try (ServedPage page = new ServedPage(checks)) {
      Message last;
      try (Stream stream = new Stream(page)) {
        stream.nextChecks();
        last = stream.nextChecks();
      }
      checks.put("team-1", "check-00001", 100);
      try (Stream stream = new Stream(page, "Last-Event-ID", last.id)) {
        assertThat(stream.nextChecks().data)
            .startsWith("{\"anew\":false,\"left\":0,\"rows\":[[\"uid-of-team-1-check-00001\"")
            .endsWith("],\"gone\":[]}")
            .doesNotContain("check-00002");
      }
      try (Stream stream = new Stream(page, "Last-Event-ID", "of-another-operator.17")) {
        assertThat(stream.nextChecks().data).startsWith("{\"anew\":true,\"left\":200,");
      }
    }
  }

  @Test
  void whoDoesNotReadHoldsUpNobodyAndTakesNoRoom() throws Exception {
    checks.add(5000);
    try (ServedPage page = new ServedPage(checks);
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new java.net.InetSocketAddress("127.0.0.1", page.port));
      deaf.getOutputStream()
          .write(
              "GET /api/changes HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      try (Stream stream = new Stream(page)) {
        for (int piece = 0; piece < 10; piece++) {
          stream.nextChecks();
        }
        for (int loss = 1; loss <= 3; loss++) {
          checks.put("team-0", "check-00000", loss);
          assertThat(stream.nextChecks().data).contains("\"uid-of-team-0-check-00000\"");
        }
      }
      // It hears of the check once, as it is by now, and of all others too.
      deaf.setSoTimeout(60_000);
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(deaf.getInputStream(), StandardCharsets.UTF_8));
      List<String> uids = new ArrayList<>();
      boolean isComplete = false;
      while (!isComplete) {
        String line = reader.readLine();
        if (line.startsWith("data: {\"anew\"")) {
          for (String part : line.split("\\[\"uid-of-")) {
            if (part.startsWith("team-")) {
              uids.add(part.substring(0, part.indexOf('"')));
            }
          }
          isComplete = line.contains("\"left\":0,");
        }
      }
      assertThat(Set.copyOf(uids)).hasSize(5000);
      assertThat(uids.size()).isLessThanOrEqualTo(5001);
    }
  }

  @Test
  void onlySoManyMayFollowAndAPlaceIsFreeAgainWhenOneLeaves() throws Exception {
    PageSettings settings = ServedPage.settings("", Set.of(), 2, 64);
    try (ServedPage page = new ServedPage(checks, settings);
        Stream one = new Stream(page)) {
      Stream two = new Stream(page);
      HttpResponse<String> refusal = page.get("/api/changes");
      assertThat(refusal.statusCode()).isEqualTo(503);
      assertThat(refusal.headers().firstValue("Retry-After")).hasValue("30");
      assertThat(refusal.body())
          .isEqualTo("2 browsers follow already: close one, or try again later.\n");
      two.close();
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> {
            try (Stream three = new Stream(page)) {
              return three.nextChecks() != null;
            } catch (AssertionError stillFull) {
              return false;
            }
          });
      assertThat(one.nextChecks()).isNotNull();
    }
  }

  @Test
  void textOfTheClusterStaysText() throws Exception {
    checks.put("a", "one", "\"]}\n\nevent: operator\ndata: <script>é世\u2028", 0);
    try (ServedPage page = new ServedPage(checks);
        Stream stream = new Stream(page)) {
      assertThat(stream.nextChecks().data)
          .contains("\"\\\"]}\\n\\nevent: operator\\ndata: <script>é世\u2028\"");
    }
  }
}
