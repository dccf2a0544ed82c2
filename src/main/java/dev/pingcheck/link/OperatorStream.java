package dev.pingcheck.link;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pingcheck.link.proto.Delta;
import dev.pingcheck.link.proto.Hello;
import dev.pingcheck.link.proto.LinkGrpc;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.Plan;
import dev.pingcheck.link.proto.ProbeMessage;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.link.proto.Snapshot;
import dev.pingcheck.plan.ProbePlan;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One stream on the probe's side, from its Hello to its end: puts the parts of a snapshot together,
 * sees that no revision is missing, and sends what the buffer holds as fast as the stream takes it.
 *
 * <p>Belongs to the link's thread, on which gRPC calls it too.
 */
final class OperatorStream implements ClientResponseObserver<ProbeMessage, OperatorMessage> {

  /** What the owner of a stream hears of it, each on the link's thread. */
  interface Events extends PlanListener {
    /** The operator has understood the Hello. */
    void welcomed();

    /** A report of the buffer was acknowledged. */
    void acknowledged();

    /** Said once, last. */
    void ended(String reason);
  }

  private static final System.Logger LOG = System.getLogger(OperatorStream.class.getName());

  private final ReportBuffer buffer;
  private final Events events;
  private ClientCallStreamObserver<ProbeMessage> toOperator;
  private List<ProbePlan> parts = new ArrayList<>();
  private boolean inSnapshot = true;
  private long revision;
  private boolean welcomed;
  private boolean ended;

  OperatorStream(ReportBuffer buffer, Events events) {
    this.buffer = buffer;
    this.events = events;
  }

  /** Says Hello; nothing of the buffer counts as sent. */
  void open(Channel channel, String probe) {
    buffer.rewind();
    LinkGrpc.newStub(channel).connect(this);
    Hello hello = Hello.newBuilder().setProbe(probe).setReportsDropped(buffer.dropped()).build();
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
      Optional<byte[]> report = buffer.next();
      if (report.isEmpty()) {
        return;
      }
      toOperator.onNext(ProbeMessage.newBuilder().setReport(parse(report.get())).build());
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
      events.snapshot(all);
    }
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
              .ifPresentOrElse(events::put, () -> events.removed(delta.getPut().getUid()));
      case REMOVE_UID -> events.removed(delta.getRemoveUid());
      case CHANGE_NOT_SET -> abort("a change is of a kind that this probe does not know");
    }
  }

  private static Optional<ProbePlan> decode(Plan message) {
    Optional<ProbePlan> plan = PlanMessages.decode(message);
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
    Status status = Status.fromThrowable(cause);
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof FileNotFoundException) {
      end("there is no such socket");
    } else if (root == cause || root.getMessage() == null) {
      end(Optional.ofNullable(status.getDescription()).orElse(status.getCode().toString()));
    } else {
      end(root.getMessage());
    }
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
