package dev.pingcheck.link;

import com.google.protobuf.ByteString;
import dev.pingcheck.link.proto.CaptureCounts;
import dev.pingcheck.link.proto.EvidencePart;
import dev.pingcheck.link.proto.ProbeMessage;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Answers of a probe that wait for a gap between reports: few at a time, in parts of 16 KiB. What
 * waits when a stream breaks is let go: the operator asks again. Thread safe.
 */
final class EvidenceOutbox {
  private static final int PART = 16 << 10;
  private static final int MOST_WAITING = 1 << 20;

  /** An answer of which the first octets are sent. */
  private static final class Waiting {
    private final EvidenceQuestion question;
    private final byte[] file;
    private int sent;

    Waiting(EvidenceQuestion question, byte[] file) {
      this.question = question;
      this.file = file;
    }
  }

  private final Queue<ProbeMessage> words = new ArrayDeque<>();
  private final Queue<Waiting> files = new ArrayDeque<>();
  private Optional<CaptureFigures> figures = Optional.empty();
  private int waiting;

  /**
   * A file answers a question, from its first octet on if the question was asked before; when too
   * much waits, that there is none for now.
   */
  synchronized void add(EvidenceQuestion question, byte[] file) {
    forget(question);
    if (!files.isEmpty() && waiting + file.length > MOST_WAITING) {
      addMissing(question, "the probe was busy with the packets of other rounds");
      return;
    }
    waiting += file.length;
    files.add(new Waiting(question, file));
  }

  private void forget(EvidenceQuestion question) {
    files.removeIf(answer -> answer.question.equals(question));
    waiting = files.stream().mapToInt(answer -> answer.file.length).sum();
  }

  /** There is no file. */
  synchronized void addMissing(EvidenceQuestion question, String why) {
    EvidencePart part = part(question).setComplete(true).setMissing(why).build();
    words.add(ProbeMessage.newBuilder().setEvidence(part).build());
  }

  /** The newest figures replace those that wait. */
  synchronized void put(CaptureFigures newest) {
    figures = Optional.of(newest);
  }

  /** Nothing of this is for the next stream. */
  synchronized void clear() {
    words.clear();
    files.clear();
    waiting = 0;
  }

  /** The next message, if there is one. */
  synchronized Optional<ProbeMessage> next() {
    if (!words.isEmpty()) {
      return Optional.of(words.remove());
    }
    if (figures.isPresent()) {
      ProbeMessage message = message(figures.get());
      figures = Optional.empty();
      return Optional.of(message);
    }
    return files.isEmpty() ? Optional.empty() : Optional.of(nextPart(files.peek()));
  }

  private ProbeMessage nextPart(Waiting answer) {
    int length = Math.min(PART, answer.file.length - answer.sent);
    EvidencePart.Builder part =
        part(answer.question)
            .setOffset(answer.sent)
            .setOctets(ByteString.copyFrom(answer.file, answer.sent, length));
    answer.sent += length;
    boolean isComplete = answer.sent == answer.file.length;
    if (isComplete) {
      waiting -= answer.file.length;
      files.remove();
    }
    return ProbeMessage.newBuilder().setEvidence(part.setComplete(isComplete)).build();
  }

  private static EvidencePart.Builder part(EvidenceQuestion question) {
    return EvidencePart.newBuilder().setUid(question.uid()).setRound(question.round());
  }

  private static ProbeMessage message(CaptureFigures figures) {
    return ProbeMessage.newBuilder()
        .setCaptureCounts(
            CaptureCounts.newBuilder()
                .setCaptured(figures.captured())
                .setEvicted(figures.evicted())
                .setKernelDrops(figures.kernelDrops())
                .setKeptBytes(figures.keptBytes()))
        .build();
  }
}
