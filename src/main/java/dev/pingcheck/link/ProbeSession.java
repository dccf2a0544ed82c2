package dev.pingcheck.link;

import dev.pingcheck.link.Roster.Seat;
import dev.pingcheck.link.proto.Ack;
import dev.pingcheck.link.proto.CaptureCounts;
import dev.pingcheck.link.proto.Farewell;
import dev.pingcheck.link.proto.Health;
import dev.pingcheck.link.proto.Hello;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.ProbeMessage;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.link.proto.Welcome;
import dev.pingcheck.plan.Interruption;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * One stream of one probe on the operator's side. It holds no queue of plans: whenever the stream
 * takes more, it asks the book what comes after the place that it has read up to, and sends what of
 * it is this probe's. When who pings what has changed, it looks through all plans once more.
 *
 * <p>Belongs to the link's thread, on which gRPC calls it too.
 */
final class ProbeSession implements StreamObserver<ProbeMessage>, Dispatch.Holder {
  private static final System.Logger LOG = System.getLogger(ProbeSession.class.getName());
  private static final int MAX_NAME = 63;
  private static final int MOST_QUESTIONS = 64;

  private final ServerCallStreamObserver<OperatorMessage> toProbe;
  private final Placement placement;
  private final PlanBook book;
  private final ProbeRegistry probes;
  private final Runnable bookChanged;
  private final Queue<Long> acknowledgements = new ArrayDeque<>();
  private final Queue<EvidenceQuestion> questions = new ArrayDeque<>();
  private final Set<Long> received = new HashSet<>();
  private final ToldPlans told;
  private Optional<ProbeRecord> probe = Optional.empty();
  private Optional<Seat> seat = Optional.empty();
  private Optional<Share> share = Optional.empty();
  private boolean ended;

  ProbeSession(
      ServerCallStreamObserver<OperatorMessage> toProbe,
      Placement placement,
      PlanBook book,
      ProbeRegistry probes,
      LinkThread thread) {
    this.toProbe = toProbe;
    this.placement = placement;
    this.book = book;
    this.probes = probes;
    this.told = new ToldPlans(this::interruption);
    this.bookChanged = thread.coalesce(this::send);
    toProbe.disableAutoRequest();
    toProbe.setOnReadyHandler(this::send);
    toProbe.setOnCancelHandler(() -> leave("it went away", false));
    toProbe.request(1);
  }

  @Override
  public void onNext(ProbeMessage message) {
    if (ended) {
      return;
    }
    switch (message.getMessageCase()) {
      case HELLO -> hello(message.getHello());
      case REPORT -> report(message.getReport());
      case FAREWELL -> farewell(message.getFarewell());
      case HEALTH -> health(message.getHealth());
      case EVIDENCE -> evidence(message.getEvidence());
      case CAPTURE_COUNTS -> counts(message.getCaptureCounts());
      // Something that a newer probe says: not for us, but it took a place in the window.
      case MESSAGE_NOT_SET -> toProbe.request(1);
    }
  }

  private void hello(Hello hello) {
    String name = hello.getProbe();
    if (probe.isPresent() || name.isEmpty() || name.length() > MAX_NAME) {
      refuse("One Hello with a name of 1 to 63 characters begins a stream.");
      return;
    }
    if (!hello.getHoldsRules()) {
      refuse("This probe is too old to hold the policy; run one of the operator's own version.");
      return;
    }
    probe = Optional.of(probes.join(name, placement, this));
    Dispatch dispatch = probes.dispatch();
    Seat place = dispatch.join(placement, name, this);
    seat = Optional.of(place);
    share = Optional.of(new Share(book, dispatch, place, this));
    LOG.log(
        System.Logger.Level.INFO,
        () -> "Probe " + name + " connected" + dropped(hello.getReportsDropped()) + ".");
    toProbe.onNext(OperatorMessage.newBuilder().setWelcome(Welcome.getDefaultInstance()).build());
    toProbe.request(LinkServer.REPORTS_IN_FLIGHT);
    book.subscribe(bookChanged);
    send();
  }

  private static String dropped(long reports) {
    return reports == 0 ? "" : "; it had to drop " + reports + " reports so far";
  }

  private void report(Report report) {
    if (probe.isEmpty()) {
      refuse("A report came before the Hello.");
      return;
    }
    received.add(report.getSequence());
    probe.get().receive(report);
    probes.dispatch().reported(seat.orElseThrow(), report.getUid());
  }

  private void farewell(Farewell farewell) {
    if (!InterruptionMessages.isValid(farewell)) {
      refuse("A Farewell names a time that cannot be.");
      return;
    }
    toProbe.request(1); // it took a place in the window
    seat.ifPresent(place -> {
      // The others begin a central probe's rounds at once: nobody has any to make up for.
      if (!place.isCentral()) {
        probes.farewells().begins(place.group(), farewell);
      }
      probes.dispatch().leaving(place);
    });
  }

  private void health(Health message) {
    probe.ifPresent(
        known -> HealthMessages.decode(message).ifPresent(health -> probes.told(known, health)));
    toProbe.request(1); // it took a place in the window
  }

  private void evidence(dev.pingcheck.link.proto.EvidencePart part) {
    probe.ifPresent(known -> probes.evidence().part(known.name(), EvidenceMessages.decode(part)));
    toProbe.request(1);
  }

  private void counts(CaptureCounts counts) {
    probe.ifPresent(
        known -> probes.evidence().figures(known.name(), EvidenceMessages.decode(counts)));
    toProbe.request(1);
  }

  private Optional<Interruption> interruption() {
    String place = seat.orElseThrow().group();
    return probes
        .farewells()
        .take(place)
        .or(() -> place.equals(Roster.BESIDE) ? book.takeInterruption() : Optional.empty());
  }

  /** Asks for the packets of a round; a question that the stream outlives is asked again. */
  void ask(EvidenceQuestion question) {
    if (!ended && questions.size() < MOST_QUESTIONS) {
      questions.add(question);
      send();
    }
  }

  @Override
  public void review() {
    share.ifPresent(Share::review);
    send();
  }

  @Override
  public void release(String uid) {
    share.ifPresent(mine -> mine.release(uid));
    send();
  }

  /** Tells the probe that a report which came over this stream is safe. */
  void acknowledge(long sequence) {
    if (!ended && received.remove(sequence)) {
      acknowledgements.add(sequence);
      send();
    }
  }

  private void send() {
    while (!ended && probe.isPresent() && toProbe.isReady()) {
      Optional<OperatorMessage> next = next();
      if (next.isEmpty()) {
        return;
      }
      toProbe.onNext(next.get());
    }
  }

  private Optional<OperatorMessage> next() {
    Long safe = acknowledgements.poll();
    if (safe != null) {
      toProbe.request(1);
      return Optional.of(
          OperatorMessage.newBuilder().setAck(Ack.newBuilder().setSequence(safe)).build());
    }
    EvidenceQuestion question = told.isWithinSnapshot() ? null : questions.poll();
    return question != null
        ? Optional.of(EvidenceMessages.encode(question))
        : share.flatMap(told::next);
  }

  @Override
  public void onError(Throwable cause) {
    leave("it went away", false);
  }

  @Override
  public void onCompleted() {
    if (!ended) {
      leave("it stopped", true);
      toProbe.onCompleted();
    }
  }

  /** Ends the stream from this side; the probe comes again if it lives. */
  @Override
  public void end(String reason) {
    end(Status.UNAVAILABLE, reason);
  }

  private void refuse(String reason) {
    end(Status.INVALID_ARGUMENT, reason);
  }

  private void end(Status status, String reason) {
    if (!ended) {
      leave(reason, false);
      toProbe.onError(status.withDescription(reason).asRuntimeException());
    }
  }

  private void leave(String reason, boolean forGood) {
    if (ended) {
      return;
    }
    ended = true;
    book.unsubscribe(bookChanged);
    probe.ifPresent(known -> {
      probes.leave(known, this);
      probes.evidence().figures(known.name(), CaptureFigures.NONE);
      seat.ifPresent(place -> {
        probes.dispatch().leave(place, this, forGood);
        probes.farewells().ended(place.group(), probes.clock().now());
      });
      LOG.log(System.Logger.Level.INFO, () -> "Probe " + known.name() + " disconnected: " + reason);
    });
  }
}
