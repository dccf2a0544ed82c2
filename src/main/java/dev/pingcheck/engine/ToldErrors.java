package dev.pingcheck.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The errors of one family's ping sockets, which come by another queue than the replies. Both bear
 * the kernel's stamps, so an error waits until a packet of its socket that came later has been
 * read, or, as there may be none, until all packets have been read that were there one turn after
 * it.
 */
final class ToldErrors {
  private final List<Queue<ToldError>> sockets = new ArrayList<>();
  private final int[] old;

  /**
   * @param count how many sockets there are
   */
  ToldErrors(int count) {
    for (int i = 0; i < count; i++) {
      sockets.add(new ArrayDeque<>(0));
    }
    old = new int[count];
  }

  /** A new turn begins; what is here now has waited. */
  void turn() {
    for (int i = 0; i < old.length; i++) {
      old[i] = sockets.get(i).size();
    }
  }

  void add(int socket, ToldError error) {
    sockets.get(socket).add(error);
  }

  boolean isEmpty() {
    for (int i = 0; i < old.length; i++) {
      if (!sockets.get(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes away the next error of a socket that came before that time.
   *
   * @param until wall-clock nanoseconds
   * @return null if there is none
   */
  ToldError before(int socket, long until) {
    ToldError first = sockets.get(socket).peek();
    return first != null && first.stamp < until ? take(socket) : null;
  }

  /**
   * Takes away the next error of earlier turns.
   *
   * @return null if there is none
   */
  ToldError oldest() {
    for (int i = 0; i < old.length; i++) {
      if (old[i] > 0) {
        return take(i);
      }
    }
    return null;
  }

  private ToldError take(int socket) {
    old[socket] = Math.max(0, old[socket] - 1);
    return sockets.get(socket).remove();
  }
}
