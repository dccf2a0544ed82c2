package dev.pingcheck.operator;

import java.util.LinkedHashMap;
import java.util.Map;

/** The UIDs of the checks that were deleted last; a turn of theirs may still be under way. */
final class RecentlyGone {
  private static final int MOST = 10_000;

  private final Map<String, Boolean> uids =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(String uid) {
    uids.put(uid, true);
  }

  synchronized boolean contains(String uid) {
    return uids.containsKey(uid);
  }
}
