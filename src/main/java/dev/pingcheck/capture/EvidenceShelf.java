package dev.pingcheck.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of bad rounds that wait to be asked for, and the questions that wait for a file. The
 * oldest files go first. Thread safe.
 */
final class EvidenceShelf {
  private static final String GONE =
      "the probe had no packets of this round any more: other bad rounds took their place, or it was"
          + " started again";
  private static final int MOST_EXPECTED = 1024;

  /** A round of a check. */
  record Key(String uid, long round) {}

  private final long room;
  private final Map<Key, byte[]> files = new LinkedHashMap<>();
  private final Map<Key, List<EvidenceAnswer>> expected = new HashMap<>();
  private long size;
  private long evicted;

  /**
   * @param room octets of memory
   */
  EvidenceShelf(long room) {
    this.room = room;
  }

  /** A file of that round will come; false if too many are waited for. */
  synchronized boolean expect(Key key) {
    if (expected.size() >= MOST_EXPECTED) {
      return false;
    }
    expected.putIfAbsent(key, new ArrayList<>(0));
    return true;
  }

  /** The file of a round is there. */
  void put(Key key, byte[] file) {
    List<EvidenceAnswer> waiting;
    synchronized (this) {
      waiting = expected.remove(key);
      keep(key, file);
    }
    if (waiting != null) {
      waiting.forEach(answer -> answer.file(file));
    }
  }

  private void keep(Key key, byte[] file) {
    byte[] before = files.put(key, file);
    size += file.length - (before == null ? 0 : before.length);
    Iterator<byte[]> oldestFirst = files.values().iterator();
    while (size > room && oldestFirst.hasNext()) {
      size -= oldestFirst.next().length;
      oldestFirst.remove();
      evicted++;
    }
  }

  /** Gives what there is of a round, now or as soon as it is there. */
  void ask(Key key, EvidenceAnswer answer) {
    byte[] file;
    synchronized (this) {
      List<EvidenceAnswer> waiting = expected.get(key);
      if (waiting != null) {
        waiting.add(answer);
        return;
      }
      file = files.get(key);
    }
    if (file == null) {
      answer.missing(GONE);
    } else {
      answer.file(file);
    }
  }

  synchronized long size() {
    return size;
  }

  /** Files that had to go before anybody asked, or after. */
  synchronized long evicted() {
    return evicted;
  }

  /** Lets go what belongs to other checks than these, and answers who waited for it. */
  void retain(Set<String> uids) {
    List<EvidenceAnswer> waiting = new ArrayList<>();
    synchronized (this) {
      files.keySet().removeIf(key -> !uids.contains(key.uid()));
      size = files.values().stream().mapToLong(file -> file.length).sum();
      expected
          .entrySet()
          .removeIf(entry -> {
            boolean isGone = !uids.contains(entry.getKey().uid());
            if (isGone) {
              waiting.addAll(entry.getValue());
            }
            return isGone;
          });
    }
    waiting.forEach(answer -> answer.missing(GONE));
  }
}
