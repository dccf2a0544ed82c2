package dev.pingcheck.lab.tun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Genuine replies of the past, to be replayed. */
final class Album {
  private static final int RECENT = 1 << 12;
  private static final long RECENT_NANOS = 2_000_000_000L;

  /** The prober remembers a quarter of a million requests, and each for five seconds. */
  private static final int RECENT_ORDINALS = 150_000;

  private static final int ONE_IN = 997;

  /** More requests than a prober that holds 100,000 targets need remember. */
  private static final int FORGOTTEN = 400_000;

  private final Emission[] recent = new Emission[RECENT];
  private final long[] recentTimes = new long[RECENT];
  private final List<Emission> old = new ArrayList<>();
  private long count;
  private int firstNotOld;

  /** Keeps a genuine reply that was just written. */
  void keep(Emission genuine, long now) {
    int place = (int) (count % RECENT);
    recent[place] = genuine;
    recentTimes[place] = now;
    if (count % ONE_IN == 0) {
      old.add(genuine);
    }
    count++;
  }

  /** One of the last two seconds. */
  Optional<Emission> recent(RandomGenerator dice, int ordinal, long now) {
    int place = dice.nextInt(RECENT);
    Emission kept = recent[place];
    if (kept == null
        || now - recentTimes[place] > RECENT_NANOS
        || ordinal - kept.ordinal() > RECENT_ORDINALS) {
      return Optional.empty();
    }
    return Optional.of(new Emission(kept.ordinal(), Nature.REPLAYED, kept.packet(), 0));
  }

  /** One of so long ago that it is forgotten. */
  Optional<Emission> old(RandomGenerator dice, int ordinal) {
    while (firstNotOld < old.size() && old.get(firstNotOld).ordinal() <= ordinal - FORGOTTEN) {
      firstNotOld++;
    }
    if (firstNotOld == 0) {
      return Optional.empty();
    }
    Packet packet = old.get(dice.nextInt(firstNotOld)).packet();
    return Optional.of(new Emission(Emission.NOBODY, Nature.FORGOTTEN, packet, 0));
  }
}
