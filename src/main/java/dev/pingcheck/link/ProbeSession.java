package dev.pingcheck.link;

import dev.pingcheck.link.proto.Ack;
import dev.pingcheck.link.proto.Delta;
import dev.pingcheck.link.proto.Hello;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.ProbeMessage;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.link.proto.Snapshot;
import dev.pingcheck.link.proto.Welcome;
import dev.pingcheck.plan.ProbePlan;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * One stream of one probe on the operator's side. It holds no queue of plans: whenever the stream
 * takes more, it asks the book what comes after the revision that it sent last.
 *
 * <p>Belongs to the link's thread, on which gRPC calls it too.
 */
final class ProbeSession implements StreamObserver<ProbeMessage> {
  private static final System.Logger LOG = System.getLogger(ProbeSession.class.getName());
  private static final int PART_BYTES = 32 << 10;
  private static final int MAX_NAME = 63;

  private final ServerCallStreamObserver<OperatorMessage> toProbe;
  private final PlanBook book;
  private final ProbeRegistry probes;
  private final Runnable bookChanged;
  private final Queue<Long> acknowledgements = new ArrayDeque<>();
  private final Set<Long> received = new HashSet<>();
  private Optional<ProbeRecord> probe = Optional.empty();
  private Iterator<ProbePlan> snapshot = Collections.emptyIterator();
  private boolean inSnapshot;
  private long revision = -1;
  private boolean ended;

  ProbeSession(
      ServerCallStreamObserver<OperatorMessage> toProbe,
      PlanBook book,
      ProbeRegistry probes,
      LinkThread thread) {
    this.toProbe = toProbe;
    this.book = book;
    this.probes = probes;
    this.bookChanged = thread.coalesce(this::send);
    toProbe.disableAutoRequest();
    toProbe.setOnReadyHandler(this::send);
    toProbe.setOnCancelHandler(() -> leave("it went away"));
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
    probe = Optional.of(probes.join(name, this));
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
    if (inSnapshot) {
      return Optional.of(nextPart());
    }
    return switch (book.next(revision)) {
      case PlanBook.Step.Wait() -> Optional.empty();
      case PlanBook.Step.Put(long next, ProbePlan plan) ->
          delta(next, Delta.newBuilder().setPut(PlanMessages.encode(plan)));
      case PlanBook.Step.Remove(long next, String uid) ->
          delta(next, Delta.newBuilder().setRemoveUid(uid));
      case PlanBook.Step.Restart(long next, var plans) -> {
        revision = next;
        snapshot = plans.iterator();
        inSnapshot = true;
        yield Optional.of(nextPart());
      }
    };
  }

  private Optional<OperatorMessage> delta(long next, Delta.Builder delta) {
    revision = next;
    return Optional.of(OperatorMessage.newBuilder().setDelta(delta.setRevision(next)).build());
  }

  private OperatorMessage nextPart() {
    Snapshot.Builder part = Snapshot.newBuilder().setRevision(revision);
    int bytes = 0;
    while (snapshot.hasNext() && bytes < PART_BYTES) {
      var plan = PlanMessages.encode(snapshot.next());
      bytes += plan.getSerializedSize();
      part.addPlans(plan);
    }
    inSnapshot = snapshot.hasNext();
    return OperatorMessage.newBuilder().setSnapshot(part.setComplete(!inSnapshot)).build();
  }

  @Override
  public void onError(Throwable cause) {
    leave("it went away");
  }

  @Override
  public void onCompleted() {
    if (!ended) {
      leave("it stopped");
      toProbe.onCompleted();
    }
  }

  /** Ends the stream from this side; the probe comes again if it lives. */
  void end(String reason) {
    end(Status.UNAVAILABLE, reason);
  }

  private void refuse(String reason) {
    end(Status.INVALID_ARGUMENT, reason);
  }

  private void end(Status status, String reason) {
    if (!ended) {
      leave(reason);
      toProbe.onError(status.withDescription(reason).asRuntimeException());
    }
  }

  private void leave(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    book.unsubscribe(bookChanged);
    probe.ifPresent(known -> {
      probes.leave(known, this);
      LOG.log(System.Logger.Level.INFO, () -> "Probe " + known.name() + " disconnected: " + reason);
    });
  }
}
