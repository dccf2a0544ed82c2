package dev.pingcheck.once;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pingcheck.kube.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Stands between a client and the API server on loopback and does it wrong on demand: it refuses,
 * hangs up, hangs up after the request went through, or cuts the client off altogether. What was
 * under way when it was cut off goes through as soon as it is healed, as late packets do.
 */
final class FaultyProxy implements AutoCloseable {

  /** What may become of a request. */
  enum Fault {
    NONE,
    CONFLICT,
    TOO_MANY_REQUESTS,
    SERVER_ERROR,
    HANG_UP,
    /** The API server did what it was asked; its answer is lost. */
    LOST_ANSWER
  }

  /** Decides about a request; called from many threads. */
  @FunctionalInterface
  interface Plan {
    Fault faultOf(String method, String path);
  }

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "host", "connection", "content-length", "upgrade", "transfer-encoding", "http2-settings");

  private final URI upstream;
  private final HttpClient client;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Fault, Integer> done = new TreeMap<>();
  private volatile Plan plan = (method, path) -> Fault.NONE;
  private boolean cut;

  FaultyProxy(ApiServer api) {
    upstream =
        api.admin().getMasterUrl().toString().endsWith("/")
            ? URI.create(api.admin().getMasterUrl().toString())
            : URI.create(api.admin().getMasterUrl() + "/");
    try {
      client =
          HttpClient.newBuilder()
              .sslContext(trusting(api.authority()))
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(5))
              .build();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream certificate = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /** A kubeconfig of the same user whose way goes through here. */
  Path kubeconfig(Path direct) {
    try {
      Matcher token =
          Pattern.compile("token: (\\S+)")
              .matcher(Files.readString(direct, StandardCharsets.UTF_8));
      if (!token.find()) {
        throw new IllegalArgumentException("no token in " + direct);
      }
      Path file = Files.createTempFile("proxied", ".kubeconfig");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: proxied
          clusters:
          - {name: proxied, cluster: {server: "http://127.0.0.1:%d"}}
          users:
          - {name: proxied, user: {token: %s}}
          contexts:
          - {name: proxied, context: {cluster: proxied, user: proxied}}
          """
              .formatted(server.getAddress().getPort(), token.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void follow(Plan next) {
    plan = next;
  }

  /** How often each fault was done. */
  synchronized Map<Fault, Integer> done() {
    return new TreeMap<>(done);
  }

  /** From now on nothing comes through either way, and nobody is told. */
  synchronized void cut() {
    cut = true;
  }

  synchronized void heal() {
    cut = false;
    notifyAll();
  }

  private synchronized void awaitWhole() throws IOException {
    try {
      while (cut) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException("the proxy ends", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        refuse(exchange, 200, "NoWebSocket"); // the client then watches by a plain request
        return;
      }
      awaitWhole();
      Fault fault = plan.faultOf(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      synchronized (this) {
        done.merge(fault, 1, Integer::sum);
      }
      switch (fault) {
        case NONE -> forward(exchange, body, true);
        case LOST_ANSWER -> forward(exchange, body, false);
        case CONFLICT -> refuse(exchange, 409, "Conflict");
        case TOO_MANY_REQUESTS -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          refuse(exchange, 429, "TooManyRequests");
        }
        case SERVER_ERROR -> refuse(exchange, 500, "InternalError");
        case HANG_UP -> {
          // Closing without an answer does it.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward(HttpExchange exchange, byte[] body, boolean answer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI().toString().substring(1)))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (!answer) {
        in.readAllBytes();
        return;
      }
      awaitWhole();
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), 0);
      pump(in, exchange.getResponseBody());
    }
  }

  private void pump(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[16 << 10];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      awaitWhole();
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  private static void refuse(HttpExchange exchange, int code, String reason) throws IOException {
    byte[] status =
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":%d,
         "reason":"%s","message":"the proxy says so"}
        """
            .formatted(code, reason)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, status.length);
    exchange.getResponseBody().write(status);
  }

  @Override
  public void close() {
    heal();
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
