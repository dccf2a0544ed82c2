package dev.pingcheck.link;

import dev.pingcheck.link.proto.Delta;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.Snapshot;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a stream has told of plans, and so how the next change is said: as one revision, or as a
 * snapshot in parts.
 *
 * <p>Belongs to the link's thread.
 */
final class ToldPlans {
  private static final int PART_BYTES = 32 << 10;

  private final Supplier<Optional<Interruption>> interruptions;
  private final SentRules rules = new SentRules();
  private Iterator<ProbePlan> snapshot = Collections.emptyIterator();
  private Optional<Interruption> interruption = Optional.empty();
  private boolean inSnapshot;
  private long revision;

  /**
   * @param interruptions what is to be made up for with a snapshot; asked once for each
   */
  ToldPlans(Supplier<Optional<Interruption>> interruptions) {
    this.interruptions = interruptions;
  }

  /** Whether nothing but further parts may come now. */
  boolean isWithinSnapshot() {
    return inSnapshot;
  }

  /** The next message about plans; empty while there is none. */
  Optional<OperatorMessage> next(Share share) {
    return inSnapshot ? Optional.of(nextPart()) : share.next().map(this::message);
  }

  private OperatorMessage message(Share.Change change) {
    revision++;
    return switch (change) {
      case Share.Change.Put(ProbePlan plan) ->
          delta(Delta.newBuilder().setPut(PlanMessages.encode(plan, rules)));
      case Share.Change.Remove(String uid) -> delta(Delta.newBuilder().setRemoveUid(uid));
      case Share.Change.All(var plans) -> {
        snapshot = plans.iterator();
        interruption = interruptions.get();
        yield nextPart();
      }
    };
  }

  private OperatorMessage delta(Delta.Builder delta) {
    return OperatorMessage.newBuilder().setDelta(delta.setRevision(revision)).build();
  }

  private OperatorMessage nextPart() {
    Snapshot.Builder part = Snapshot.newBuilder().setRevision(revision);
    int bytes = 0;
    while (snapshot.hasNext() && bytes < PART_BYTES) {
      var plan = PlanMessages.encode(snapshot.next(), rules);
      bytes += plan.getSerializedSize();
      part.addPlans(plan);
    }
    inSnapshot = snapshot.hasNext();
    if (!inSnapshot) {
      interruption.map(InterruptionMessages::encode).ifPresent(part::setInterruption);
    }
    return OperatorMessage.newBuilder().setSnapshot(part.setComplete(!inSnapshot)).build();
  }
}
