package dev.pingcheck.evidence;

import dev.pingcheck.link.EvidencePart;
import dev.pingcheck.link.EvidenceQuestion;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** A file while its parts come. */
final class FileInParts {
  private static final int MOST_OCTETS = 1 << 20;
  private static final int NOT_BEGUN = -1;

  /** The type of the first block of each pcapng file. */
  private static final byte[] SECTION_HEADER = {0x0a, 0x0d, 0x0d, 0x0a};

  private final String probe;
  private final EvidenceQuestion question;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  FileInParts(String probe, EvidenceQuestion question) {
    this.probe = probe;
    this.question = question;
  }

  String probe() {
    return probe;
  }

  /** The file, or an exception with a phrase that says why there is none. */
  CompletableFuture<byte[]> whole() {
    return whole;
  }

  /** A part has come, of this file or another, in its place or not. */
  synchronized void take(String from, EvidencePart part) {
    if (!from.equals(probe) || !part.question().equals(question)) {
      return;
    }
    if (!part.missing().isEmpty()) {
      whole.completeExceptionally(new IllegalStateException(part.missing()));
    } else if (follows(part)) {
      add(part);
    }
  }

  /** The rest of an answer that came too late does not; the first part begins the file anew. */
  private boolean follows(EvidencePart part) {
    int offset = part.offset().orElseGet(() -> offsetOfOlderProbe(part.octets()));
    if (offset == 0) {
      octets.reset();
    }
    return offset == octets.size();
  }

  private int offsetOfOlderProbe(byte[] part) {
    if (Arrays.mismatch(part, SECTION_HEADER) == SECTION_HEADER.length) {
      return 0;
    }
    return octets.size() == 0 ? NOT_BEGUN : octets.size();
  }

  private void add(EvidencePart part) {
    octets.writeBytes(part.octets());
    if (octets.size() > MOST_OCTETS) {
      whole.completeExceptionally(new IllegalStateException("they are more than 1 MiB"));
    } else if (part.complete()) {
      whole.complete(octets.toByteArray());
    }
  }
}
