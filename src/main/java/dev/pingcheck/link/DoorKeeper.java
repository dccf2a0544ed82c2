package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Lets a stream begin only once its probe has been examined, and ends it within the last tenth of
 * the time for which that holds: by then the kubelet has long brought the probe a newer token.
 * Until then it is examined again every few minutes, as its pod may be deleted meanwhile. The
 * moments are drawn by lot, so that those who came together do not come again together.
 *
 * <p>Belongs to the link's thread, on which gRPC calls it too.
 */
final class DoorKeeper implements ServerInterceptor {
  private static final String NO_TOKEN =
      "A probe on the network shows a token and says whether it is central or a node's.";
  private static final String TIME_IS_UP = "its token is to be shown anew";
  private static final String MOVED = "its token is another pod's or another node's by now";

  private final ProbeAuthenticator authenticator;
  private final Consumer<RefusalReason> refused;
  private final Doorstep doorstep;
  private final Duration longestStay;
  private final Duration reviewEvery;
  private final LinkThread thread;
  private final Clock clock;
  private final Set<Guest> guests = new HashSet<>();

  DoorKeeper(NetworkDoor.Settings settings, Doorstep doorstep, LinkThread thread, Clock clock) {
    this.authenticator = settings.authenticator();
    this.refused = settings.refused();
    this.longestStay = settings.limits().longestStay();
    this.reviewEvery = settings.limits().reviewEvery();
    this.doorstep = doorstep;
    this.thread = thread;
    this.clock = clock;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Optional<Credentials> credentials = LinkHeaders.read(headers, address(peer));
    if (credentials.isEmpty()) {
      refuse(call, new Admission.Refused(RefusalReason.NO_TOKEN, NO_TOKEN));
      return new ServerCall.Listener<>() {};
    }
    CompletableFuture<Admission> examined =
        authenticator.examine(credentials.get()).toCompletableFuture();
    LateListener<Q> waiting = new LateListener<>(() -> examined.cancel(false));
    Context context = Context.current();
    var unused =
        examined.thenAccept(admission ->
            thread.execute(() -> {
              if (!waiting.isOver()) {
                switch (admission) {
                  case Admission.Refused refusal -> refuse(call, refusal);
                  case Admission.Admitted admitted ->
                      waiting.follow(
                          letIn(peer, credentials.get(), admitted)
                              .begin(context, call, headers, next));
                }
              }
            }));
    return waiting;
  }

  private static String address(SocketAddress peer) {
    return peer instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : String.valueOf(peer);
  }

  private void refuse(ServerCall<?, ?> call, Admission.Refused refusal) {
    refused.accept(refusal.reason());
    call.close(refusal.reason().status().withDescription(refusal.sentence()), new Metadata());
  }

  private Visit letIn(SocketAddress peer, Credentials shown, Admission.Admitted admitted) {
    Duration proved = Duration.between(clock.now(), admitted.until());
    long stay = Math.min(proved.toNanos(), longestStay.toNanos());
    double share = 0.9 + 0.1 * ThreadLocalRandom.current().nextDouble();
    long now = clock.nanoTime();
    Guest guest = new Guest(peer, shown, admitted.placement(), now + Math.round(stay * share));
    guest.reviewAt(nextReview(now));
    guests.add(guest);
    doorstep.letIn(peer);
    return new Visit(guest);
  }

  private long nextReview(long now) {
    double share = 0.9 + 0.2 * ThreadLocalRandom.current().nextDouble();
    return now + Math.round(reviewEvery.toNanos() * share);
  }

  /** Ends the streams whose time is up, and has others examined again. */
  void sweep() {
    long now = clock.nanoTime();
    for (Guest guest : Set.copyOf(guests)) {
      if (guest.hasStayedItsTime(now)) {
        guest.end(TIME_IS_UP);
      } else if (guest.isToBeReviewed(now)) {
        guest.reviewAt(nextReview(now));
        review(guest);
      }
    }
  }

  private void review(Guest guest) {
    var unused =
        authenticator
            .examine(guest.shown())
            .thenAccept(admission -> thread.execute(() -> reviewed(guest, admission)));
  }

  private void reviewed(Guest guest, Admission admission) {
    if (!guests.contains(guest)) {
      return;
    }
    switch (admission) {
      case Admission.Refused refusal when refusal.reason().passes() -> {
        // Nobody knows better: the next review will tell.
      }
      case Admission.Refused refusal -> {
        refused.accept(refusal.reason());
        guest.end(refusal.sentence());
      }
      case Admission.Admitted admitted -> {
        if (!admitted.placement().equals(guest.placement())) {
          guest.end(MOVED);
        }
      }
    }
  }

  /** Ends all streams. */
  void endAll(String reason) {
    Set.copyOf(guests).forEach(guest -> guest.end(reason));
  }

  /** A guest's stream. */
  private final class Visit {
    private final Guest guest;

    Visit(Guest guest) {
      this.guest = guest;
    }

    <Q, A> ServerCall.Listener<Q> begin(
        Context context, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Context of =
          context.withValues(
              Placement.OF_CALL, guest.placement(), Guest.OF_CALL, Optional.of(guest));
      LateListener<Q> until = new LateListener<>(this::over);
      until.follow(Contexts.interceptCall(of, call, headers, next));
      return until;
    }

    private void over() {
      guests.remove(guest);
      doorstep.letOut(guest.peer());
    }
  }
}
