package dev.pingcheck.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * One browser that follows. It is told of each change in pieces, no faster than it reads; what
 * changes meanwhile waits for it without taking room, as only the last state of a check is told.
 *
 * <p>Not thread safe.
 */
final class Follower {
  /** Checks in one message. */
  static final int PIECE = 500;

  private static final int QUEUE_OCTETS = 256 * 1024;

  private final ChangeFeed feed;
  private final HttpServerResponse response;
  private long at;
  private boolean isAnew;

  /**
   * @param at the number of the last change that it knows; 0: it knows nothing
   */
  Follower(ChangeFeed feed, HttpServerResponse response, long at) {
    this.feed = feed;
    this.response = response;
    this.at = at;
    isAnew = at == 0;
    response.setWriteQueueMaxSize(QUEUE_OCTETS);
    response.drainHandler(drained -> tell());
  }

  /** Tells what has changed, as far as the connection takes it. */
  void tell() {
    if (response.ended() || response.closed()) {
      return;
    }
    if (feed.isTooOld(at)) {
      at = 0;
      isAnew = true;
    }
    List<ChangeFeed.Change> changes = feed.since(at);
    if (changes.isEmpty() && isAnew) {
      tell(changes, 0); // that there is none
    }
    int from = 0;
    while (from < changes.size() && !response.writeQueueFull()) {
      int to = Math.min(from + PIECE, changes.size());
      tell(changes.subList(from, to), changes.size() - to);
      from = to;
    }
  }

  private void tell(List<ChangeFeed.Change> piece, int left) {
    at = piece.isEmpty() ? at : piece.getLast().number();
    // Numbers rise: also one that is lost half-way through all checks is told the rest alone.
    say(
        "checks",
        feed.token(at),
        Json.of(to -> {
          to.writeStartObject();
          to.writeBooleanField("anew", isAnew);
          to.writeNumberField("left", left);
          to.writeArrayFieldStart("rows");
          for (ChangeFeed.Change change : piece) {
            if (change.status().isPresent()) {
              CheckRow.of(change.check(), change.status().get()).write(to);
            }
          }
          to.writeEndArray();
          to.writeArrayFieldStart("gone");
          for (ChangeFeed.Change change : piece) {
            if (change.status().isEmpty()) {
              to.writeString(change.uid());
            }
          }
          to.writeEndArray();
          to.writeEndObject();
        }));
    isAnew = false;
  }

  /**
   * Says one thing, unless what was said before is not read.
   *
   * @param token what the browser gives back after a lost connection; empty: nothing new
   */
  void say(String event, String token, Buffer data) {
    Buffer message = Buffer.buffer();
    if (!token.isEmpty()) {
      message.appendString("id: " + token + "\n");
    }
    message.appendString("event: " + event + "\ndata: ").appendBuffer(data).appendString("\n\n");
    response.write(message);
  }

  /** Whether it reads what it is told. */
  boolean isReading() {
    return !response.writeQueueFull();
  }

  void end() {
    if (!response.ended()) {
      response.end();
    }
  }
}
