package dev.pingcheck.page;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The page's own HTTP server. Whether it can be had or not, the operator does its work: what goes
 * wrong here is a line of its log.
 */
public final class PageServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PageServer.class.getName());

  /** A browser that follows hears something each fifteen seconds. */
  private static final int IDLE_SECONDS = 60;

  private static final int MOST_REQUEST_LINE = 2048;
  private static final int MOST_HEADERS = 16 * 1024;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_FOUND = 404;

  private final Vertx vertx;
  private final PageSettings settings;
  private final List<PageRoutes> routes;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile HttpServer server;

  /**
   * @param routes what is answered, in this order, besides the files of the page itself
   */
  public PageServer(Vertx vertx, PageSettings settings, List<PageRoutes> routes) {
    this.vertx = vertx;
    this.settings = settings;
    this.routes = List.copyOf(routes);
  }

  /** Begins to listen; done with the port that it is served on. */
  public Future<Integer> start() {
    PageAddress address = settings.address();
    HttpServerOptions options =
        new HttpServerOptions()
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxInitialLineLength(MOST_REQUEST_LINE)
            .setMaxHeaderSize(MOST_HEADERS)
            .setHttp2ClearTextEnabled(false);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::count)
            .exceptionHandler(broken -> {}) // who connects and says nothing sensible is no news
            .requestHandler(router());
    return server
        .listen(address.port(), address.host())
        .map(HttpServer::actualPort)
        .onSuccess(port -> LOG.log(System.Logger.Level.INFO, () -> sentence(port)))
        .onFailure(e ->
            LOG.log(
                System.Logger.Level.WARNING,
                "The page cannot be served on {0} ({1}): choose another --page-address; checks go"
                    + " on.",
                address,
                e.getMessage()));
  }

  private String sentence(int port) {
    PageAddress at = new PageAddress(settings.address().host(), port);
    return "The page is served on http://" + at + settings.prefix() + "/";
  }

  private void count(HttpConnection connection) {
    connection.closeHandler(closed -> connections.decrementAndGet());
    if (connections.incrementAndGet() > settings.connections()) {
      connection.close();
    }
  }

  private Router router() {
    Router pages = Router.router(vertx);
    routes.forEach(each -> each.addTo(pages));
    new PageFiles().addTo(pages);
    Router all = Router.router(vertx);
    all.route().handler(new Doorman(settings));
    if (settings.prefix().isEmpty()) {
      all.route("/*").subRouter(pages);
    } else {
      String last = settings.prefix().substring(settings.prefix().lastIndexOf('/') + 1);
      // Relative, as is every address of the page: what stands before it is not known here.
      all.routeWithRegex(settings.prefix().replace(".", "\\."))
          .handler(context -> toFolder(context, last));
      all.route(settings.prefix() + "/*").subRouter(pages);
    }
    all.errorHandler(NOT_FOUND, PageServer::sayNothingHere);
    all.errorHandler(SERVER_ERROR, PageServer::sayFault);
    return all;
  }

  private static void toFolder(RoutingContext context, String last) {
    context.response().setStatusCode(308).putHeader("Location", last + "/").end();
  }

  private static void sayNothingHere(RoutingContext context) {
    Doorman.refuse(context, NOT_FOUND, "There is nothing here.");
  }

  private static void sayFault(RoutingContext context) {
    LOG.log(System.Logger.Level.WARNING, "The page could not answer.", context.failure());
    if (!context.response().headWritten()) {
      Doorman.refuse(
          context, SERVER_ERROR, "The page could not answer; the operator's log says why.");
    }
  }

  @Override
  public void close() {
    HttpServer started = server;
    if (started != null) {
      started.close();
    }
  }
}
