package dev.pingcheck.page;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Answers each question with what a test says, and keeps the last one. */
final class AnsweringPrometheus implements AutoCloseable {
  private final HttpServer server;
  volatile String answer = "";
  volatile int status = 200;
  volatile String asked = "";

  AnsweringPrometheus() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Two points: at the first one in four is lost, at the second everything. */
  void answerTwoPoints(long first, long second) {
    StringBuilder series = new StringBuilder();
    series.append(series("sent", first, "40", second, "39.6"));
    series.append(',').append(series("received", first, "30.2", second, "0"));
    String[] shares = {"0", "0.25", "0.5", "0.75", "1"};
    for (int i = 0; i < shares.length; i++) {
      series.append(',').append(series(shares[i], first, "0.00" + (i + 1), second, "NaN"));
    }
    answer = "{\"status\":\"success\",\"data\":{\"result\":[" + series + "]}}";
  }

  private static String series(String figure, long first, String one, long second, String other) {
    return "{\"metric\":{\"figure\":\"%s\"},\"values\":[[%d,\"%s\"],[%d,\"%s\"]]}"
        .formatted(figure, first, one, second, other);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
