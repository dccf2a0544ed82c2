package dev.pingcheck.link;

import dev.pingcheck.link.proto.CaptureCounts;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.stats.Evidence;
import java.util.OptionalInt;

/** Evidence, questions for it and their answers as messages and back. */
final class EvidenceMessages {
  private EvidenceMessages() {}

  static dev.pingcheck.link.proto.Evidence encode(Evidence evidence) {
    return dev.pingcheck.link.proto.Evidence.newBuilder().setMissing(evidence.detail()).build();
  }

  /** What an optional field says. */
  static Evidence decode(boolean isThere, dev.pingcheck.link.proto.Evidence message) {
    if (!isThere) {
      return Evidence.NONE;
    }
    return message.getMissing().isEmpty() ? Evidence.HELD : Evidence.missing(message.getMissing());
  }

  static OperatorMessage encode(EvidenceQuestion question) {
    return OperatorMessage.newBuilder()
        .setEvidenceQuestion(
            dev.pingcheck.link.proto.EvidenceQuestion.newBuilder()
                .setUid(question.uid())
                .setRound(question.round()))
        .build();
  }

  static EvidencePart decode(dev.pingcheck.link.proto.EvidencePart part) {
    return new EvidencePart(
        new EvidenceQuestion(part.getUid(), part.getRound()),
        part.hasOffset() ? OptionalInt.of(part.getOffset()) : OptionalInt.empty(),
        part.getOctets().toByteArray(),
        part.getComplete(),
        part.getMissing());
  }

  static CaptureFigures decode(CaptureCounts counts) {
    return new CaptureFigures(
        counts.getCaptured(), counts.getEvicted(), counts.getKernelDrops(), counts.getKeptBytes());
  }
}
