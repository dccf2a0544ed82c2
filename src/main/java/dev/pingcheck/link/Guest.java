package dev.pingcheck.link;

import io.grpc.Context;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A probe of the network that was let in, for as long as its stream lasts.
 *
 * <p>Belongs to the link's thread.
 */
final class Guest {
  /** Whose stream a call is, if it came over the network. */
  static final Context.Key<Optional<Guest>> OF_CALL =
      Context.keyWithDefault("pingcheck-guest", Optional.empty());

  private final SocketAddress peer;
  private final Credentials shown;
  private final Placement placement;
  private final long endsAt;
  private long reviewAt;
  private Consumer<String> end = reason -> {};

  /**
   * @param shown what it was let in for
   * @param endsAt in the clock's monotonic nanoseconds
   */
  Guest(SocketAddress peer, Credentials shown, Placement placement, long endsAt) {
    this.peer = peer;
    this.shown = shown;
    this.placement = placement;
    this.endsAt = endsAt;
  }

  Credentials shown() {
    return shown;
  }

  Placement placement() {
    return placement;
  }

  SocketAddress peer() {
    return peer;
  }

  /** How its stream is ended with a reason. */
  void endsBy(Consumer<String> end) {
    this.end = end;
  }

  boolean hasStayedItsTime(long now) {
    return now - endsAt >= 0;
  }

  /** What it has shown is to be examined again then, in the clock's monotonic nanoseconds. */
  void reviewAt(long then) {
    reviewAt = then;
  }

  boolean isToBeReviewed(long now) {
    return now - reviewAt >= 0;
  }

  void end(String reason) {
    end.accept(reason);
  }
}
