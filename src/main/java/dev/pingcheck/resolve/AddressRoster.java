package dev.pingcheck.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses that one family of one name has, over all answers: steady where a server gives
 * another part of a pool each time, quick where an address is replaced for good. The rules
 * (docs/adr/0010):
 *
 * <ul>
 *   <li>What is in an answer is a member. The first member stays the first as long as it is one.
 *   <li>A member that is missing is dropped at once, as a rule.
 *   <li>A name rotates when in one answer an address is gone and another one is back, within the
 *       last 128 answers. Its members are dropped when they were missing for five minutes and from
 *       eight answers in a row for each known address, of which 2 to 16 count.
 *   <li>A name that was replaced as a whole more than three times within the last 128 answers
 *       doubles its patience each time: its members are dropped after 2, 4, ... 64 answers.
 *   <li>A server's word that there is no address ends all patience.
 * </ul>
 *
 * <p>Not thread safe.
 */
final class AddressRoster {
  static final int REMEMBERED_ANSWERS = 128;
  static final int MOST_MEMBERS = 256;
  private static final int MOST_GONE = 64;
  private static final int MISSES_AN_ADDRESS = 8;
  private static final int FREE_REPLACEMENTS = 3;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration LEAST_ABSENCE = Duration.ofMinutes(5);

  /** First those that are members, by seniority. */
  private final List<Known> members = new ArrayList<>(1);

  private final List<Known> gone = new ArrayList<>(0);
  private final Deque<Long> replacements = new ArrayDeque<>(1);
  private long answers;
  private long lastExchange = -REMEMBERED_ANSWERS;
  private boolean denied;

  /** An address, and the numbers of the answers since when and until when it was in them. */
  private static final class Known {
    private final InetAddress address;
    private long since;
    private long seen;
    private long seenAt;

    private Known(InetAddress address, long since) {
      this.address = address;
      this.since = since;
    }
  }

  /**
   * A server has answered.
   *
   * @param answer its addresses, best first, at least one, none twice
   * @param now monotonic time
   * @return the members, the first one first
   */
  List<InetAddress> answered(List<InetAddress> answer, long now) {
    answers++;
    Set<InetAddress> present = new HashSet<>(answer);
    noticeExchange(present);
    List<Known> back = gone.stream().filter(known -> present.contains(known.address)).toList();
    gone.removeAll(back);
    for (InetAddress address : answer) {
      Known known = member(address, back);
      if (known != null) {
        known.seen = answers;
        known.seenAt = now;
      }
    }
    dropMissing(now);
    forgetGone();
    return members.stream().map(known -> known.address).toList();
  }

  /** A server says that there is no address: what is not in the next answer is gone for good. */
  void denied() {
    denied = true;
  }

  /** How many addresses it remembers. */
  int known() {
    return members.size() + gone.size();
  }

  private void noticeExchange(Set<InetAddress> present) {
    boolean left = false;
    boolean returned = false;
    for (List<Known> list : List.of(members, gone)) {
      for (Known known : list) {
        boolean was = known.seen == answers - 1;
        boolean is = present.contains(known.address);
        left |= was && !is;
        returned |= !was && is;
      }
    }
    if (left && returned) {
      lastExchange = answers;
    }
  }

  /** The member that an address is or becomes; null when there are too many. */
  private Known member(InetAddress address, List<Known> back) {
    for (Known known : members) {
      if (known.address.equals(address)) {
        return known;
      }
    }
    if (members.size() >= MOST_MEMBERS) {
      return null;
    }
    Known joined =
        back.stream()
            .filter(known -> known.address.equals(address))
            .findFirst()
            .orElseGet(() -> new Known(address, answers));
    joined.since = answers;
    members.add(joined);
    return joined;
  }

  private void dropMissing(long now) {
    Known first = members.getFirst();
    List<Known> dropped = members.stream().filter(known -> isOver(known, now)).toList();
    denied = false;
    members.removeAll(dropped);
    gone.addAll(dropped);
    if (!dropped.contains(first)) {
      return;
    }
    if (members.stream().allMatch(known -> known.since > first.seen)) {
      replacements.add(answers);
    }
    // The next one is one that is there, not one that is waited for.
    members.stream()
        .filter(known -> known.seen == answers)
        .findFirst()
        .ifPresent(next -> {
          members.remove(next);
          members.addFirst(next);
        });
  }

  private boolean isOver(Known known, long now) {
    long missed = answers - known.seen;
    if (missed == 0) {
      return false;
    }
    if (denied) {
      return true;
    }
    if (isRotating()) {
      int pool = Math.clamp((long) members.size() + gone.size(), 2, 16);
      return missed >= (long) MISSES_AN_ADDRESS * pool
          && now - known.seenAt >= LEAST_ABSENCE.toNanos();
    }
    int doublings = Math.clamp((long) replacements.size() - FREE_REPLACEMENTS, 0, MOST_DOUBLINGS);
    return missed >= 1L << doublings;
  }

  private boolean isRotating() {
    return answers - lastExchange < REMEMBERED_ANSWERS;
  }

  private void forgetGone() {
    gone.removeIf(known -> answers - known.seen >= REMEMBERED_ANSWERS);
    while (gone.size() > MOST_GONE) {
      gone.stream().min(Comparator.comparingLong(known -> known.seen)).ifPresent(gone::remove);
    }
    replacements.removeIf(number -> answers - number >= REMEMBERED_ANSWERS);
  }
}
