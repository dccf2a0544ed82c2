package dev.pingcheck.link;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pingcheck.link.proto.Delta;
import dev.pingcheck.link.proto.Farewell;
import dev.pingcheck.link.proto.Hello;
import dev.pingcheck.link.proto.LinkGrpc;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.Plan;
import dev.pingcheck.link.proto.ProbeMessage;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.link.proto.Snapshot;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.stats.ProbeHealth;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One stream on the probe's side, from its Hello to its end: puts the parts of a snapshot together,
 * sees that no revision is missing, and sends what the buffer holds as fast as the stream takes it.
 *
 * <p>Belongs to the link's thread, on which gRPC calls it too.
 */
final class OperatorStream implements ClientResponseObserver<ProbeMessage, OperatorMessage> {

  /** What the owner of a stream hears of it, each on the link's thread. */
  interface Events {
    /** The operator has understood the Hello. */
    void welcomed();

    /** A report of the buffer was acknowledged. */
    void acknowledged();

    /** Said once, last. */
    void ended(String reason);
  }

  private static final System.Logger LOG = System.getLogger(OperatorStream.class.getName());

  private final ReportBuffer buffer;
  private final EvidenceOutbox outbox;
  private final Function<Throwable, String> failure;
  private final PlanListener plans;
  private final Events events;
  private ClientCallStreamObserver<ProbeMessage> toOperator;
  private final KnownRules rules = new KnownRules();
  private List<ProbePlan> parts = new ArrayList<>();
  private boolean inSnapshot = true;
  private long revision;
  private boolean welcomed;
  private boolean ended;

  /**
   * @param failure what to say of a broken stream
   * @param plans hears what the operator asks for, on the link's thread
   */
  OperatorStream(
      ReportBuffer buffer,
      EvidenceOutbox outbox,
      Function<Throwable, String> failure,
      PlanListener plans,
      Events events) {
    this.buffer = buffer;
    this.outbox = outbox;
    this.failure = failure;
    this.plans = plans;
    this.events = events;
  }

  /** Says Hello; nothing of the buffer counts as sent. */
  void open(Channel channel, String probe) {
    buffer.rewind();
    LinkGrpc.newStub(channel).connect(this);
    Hello hello =
        Hello.newBuilder()
            .setProbe(probe)
            .setReportsDropped(buffer.dropped())
            .setHoldsRules(true)
            .build();
    toOperator.onNext(ProbeMessage.newBuilder().setHello(hello).build());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ProbeMessage> requestStream) {
    toOperator = requestStream;
    requestStream.setOnReadyHandler(this::send);
  }

  /** Sends what may be sent now. */
  void send() {
    while (welcomed && !ended && toOperator.isReady()) {
      Optional<ProbeMessage> next =
          buffer
              .next()
              .map(report -> ProbeMessage.newBuilder().setReport(parse(report)).build())
              .or(outbox::next);
      if (next.isEmpty()) {
        return;
      }
      toOperator.onNext(next.get());
    }
  }

  /** Says how the probe is, unless the stream is full: the next time will do. */
  void tell(ProbeHealth health) {
    if (welcomed && !ended && toOperator.isReady()) {
      toOperator.onNext(ProbeMessage.newBuilder().setHealth(HealthMessages.encode(health)).build());
    }
  }

  private static Report parse(byte[] encoded) {
    try {
      return Report.parseFrom(encoded);
    } catch (InvalidProtocolBufferException ownEncoding) {
      throw new IllegalStateException(ownEncoding);
    }
  }

  @Override
  public void onNext(OperatorMessage message) {
    if (ended) {
      return;
    }
    switch (message.getMessageCase()) {
      case WELCOME -> {
        welcomed = true;
        events.welcomed();
        send();
      }
      case SNAPSHOT -> snapshot(message.getSnapshot());
      case DELTA -> delta(message.getDelta());
      case ACK -> {
        buffer.acknowledge(message.getAck().getSequence());
        events.acknowledged();
        send();
      }
      case EVIDENCE_QUESTION ->
          plans.asked(
              new EvidenceQuestion(
                  message.getEvidenceQuestion().getUid(),
                  message.getEvidenceQuestion().getRound()));
      case MESSAGE_NOT_SET ->
          LOG.log(System.Logger.Level.DEBUG, "The operator says something newer than this probe.");
    }
  }

  private void snapshot(Snapshot part) {
    if (!inSnapshot) {
      inSnapshot = true;
      parts = new ArrayList<>();
    }
    part.getPlansList().forEach(plan -> decode(plan).ifPresent(parts::add));
    if (part.getComplete()) {
      inSnapshot = false;
      revision = part.getRevision();
      List<ProbePlan> all = List.copyOf(parts);
      parts = List.of();
      plans.snapshot(all, interruption(part));
    }
  }

  private static Optional<Interruption> interruption(Snapshot part) {
    return part.hasInterruption()
        ? Optional.of(InterruptionMessages.decode(part.getInterruption()))
        : Optional.empty();
  }

  private void delta(Delta delta) {
    if (inSnapshot || delta.getRevision() != revision + 1) {
      abort("revision " + delta.getRevision() + " came after " + revision);
      return;
    }
    revision = delta.getRevision();
    switch (delta.getChangeCase()) {
      // A plan that cannot be followed replaces one that no longer holds.
      case PUT ->
          decode(delta.getPut())
              .ifPresentOrElse(plans::put, () -> plans.removed(delta.getPut().getUid()));
      case REMOVE_UID -> plans.removed(delta.getRemoveUid());
      case CHANGE_NOT_SET -> abort("a change is of a kind that this probe does not know");
    }
  }

  private Optional<ProbePlan> decode(Plan message) {
    Optional<ProbePlan> plan = PlanMessages.decode(message, rules);
    if (plan.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          () ->
              "The plan of "
                  + message.getNamespace()
                  + "/"
                  + message.getName()
                  + " has a value that this probe does not know; it is not followed.");
    }
    return plan;
  }

  /** Says that the probe ends, once the operator has understood the Hello. */
  void farewell(Farewell farewell) {
    if (welcomed && !ended) {
      toOperator.onNext(ProbeMessage.newBuilder().setFarewell(farewell).build());
    }
  }

  /** Says that no more reports follow. */
  void complete() {
    if (!ended) {
      toOperator.onCompleted();
    }
  }

  /** Ends the stream at once. */
  void abort(String reason) {
    if (!ended) {
      end(reason);
      toOperator.cancel(reason, null);
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(failure.apply(cause));
  }

  @Override
  public void onCompleted() {
    end("the operator has ended the stream");
  }

  private void end(String reason) {
    if (!ended) {
      ended = true;
      events.ended(reason);
    }
  }
}
