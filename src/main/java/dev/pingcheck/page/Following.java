package dev.pingcheck.page;

import dev.pingcheck.clock.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lets browsers follow by server-sent events: all checks first, then twice a second what has
 * changed. While nobody follows, nothing is looked at.
 */
final class Following implements PageRoutes {
  private static final long PACE_MILLIS = 500;
  private static final Duration BEAT = Duration.ofSeconds(15);

  /** Whoever lost the connection comes back within this time and is told the rest alone. */
  private static final Duration MEMORY = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final PageSource source;
  private final Clock clock;
  private final int most;
  private final Set<Follower> followers = new LinkedHashSet<>();
  private ChangeFeed feed;
  private PageSource.Role toldRole;
  private long lastBeat;
  private long lastFollowed;

  /**
   * @param most who may follow at once
   */
  Following(Vertx vertx, PageSource source, Clock clock, int most) {
    this.vertx = vertx;
    this.source = source;
    this.clock = clock;
    this.most = most;
  }

  @Override
  public void addTo(Router router) {
    router.route("/api/changes").handler(this::follow);
  }

  private void follow(RoutingContext context) {
    if (followers.size() >= most) {
      context.response().putHeader("Retry-After", "30");
      Doorman.refuse(
          context, 503, most + " browsers follow already: close one, or try again later.");
      return;
    }
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream; charset=utf-8")
            .putHeader("X-Accel-Buffering", "no");
    if (context.request().method() == HttpMethod.HEAD) {
      response.end();
      return;
    }
    begin();
    Follower follower =
        new Follower(feed, response, feed.read(context.request().getHeader("Last-Event-ID")));
    followers.add(follower);
    context.addEndHandler(ended -> leave(follower));
    follower.say("operator", "", beat());
    follower.tell();
  }

  private void leave(Follower follower) {
    followers.remove(follower);
    lastFollowed = clock.nanoTime();
  }

  private void begin() {
    if (feed == null) {
      feed = new ChangeFeed(source);
      toldRole = source.role();
      lastBeat = clock.nanoTime();
      feed.look();
      vertx.setPeriodic(PACE_MILLIS, this::turn);
    }
  }

  /** Of the event loop alone, as is every request: so nothing here needs a lock. */
  private void turn(long timer) {
    if (followers.isEmpty()) {
      if (clock.nanoTime() - lastFollowed > MEMORY.toNanos()) {
        vertx.cancelTimer(timer);
        feed = null;
      }
      return;
    }
    feed.look();
    boolean isDue = clock.nanoTime() - lastBeat > BEAT.toNanos() || source.role() != toldRole;
    if (isDue) {
      toldRole = source.role();
      lastBeat = clock.nanoTime();
    }
    for (Follower follower : Set.copyOf(followers)) {
      if (isDue && follower.isReading()) {
        follower.say("operator", "", beat());
      }
      follower.tell();
    }
  }

  private Buffer beat() {
    return Json.of(to -> {
      to.writeStartObject();
      to.writeStringField("role", source.role().name());
      to.writeNumberField("now", clock.now().toEpochMilli());
      to.writeEndObject();
    });
  }
}
