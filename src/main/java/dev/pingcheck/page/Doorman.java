package dev.pingcheck.page;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * Looks at each request before all others: only reading is allowed, and on the loopback interface
 * only under its own names, so that no foreign page reads this one by a name of its own that it
 * lets turn to 127.0.0.1 (DNS rebinding). What is answered is neither framed nor kept nor run.
 */
final class Doorman implements Handler<RoutingContext> {
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final PageSettings settings;

  Doorman(PageSettings settings) {
    this.settings = settings;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store");
    HttpMethod method = context.request().method();
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      response.putHeader("Allow", "GET, HEAD");
      refuse(context, 405, "This page is read-only: GET and HEAD are all it answers.");
    } else if (!isOurs(context.request().authority())) {
      refuse(
          context,
          421,
          "This page is served to localhost alone: open it as http://localhost:PORT, or name the"
              + " host that a proxy asks for by --page-hosts.");
    } else {
      context.next();
    }
  }

  private boolean isOurs(HostAndPort authority) {
    if (!settings.address().isLoopback()) {
      return true; // who may connect is a matter of the network, and of the proxy in front
    }
    if (authority == null) {
      return false;
    }
    String host = authority.host().toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return PageAddress.isLoopback(bare) || settings.hosts().contains(bare);
  }

  /** Answers with one sentence. */
  static void refuse(RoutingContext context, int status, String sentence) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(sentence + "\n");
  }
}
