package dev.pingcheck.link;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Highest random weight (Thaler and Ravishankar, 1998): each probe draws a lot for each check, and
 * the highest one pings it. The lot comes from the two names alone, so that everybody who knows the
 * same probes finds the same winner, and only the checks of a probe that comes or goes move.
 */
final class Rendezvous {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Rendezvous() {}

  /**
   * Somebody who draws.
   *
   * @param name decides between equal lots, which hardly ever are
   * @param seed the hash of its name
   */
  record Drawer(String name, long seed) {
    static Drawer of(String name) {
      return new Drawer(name, hash(name));
    }
  }

  /** The winner for a check; empty if nobody draws. */
  static Optional<Drawer> winner(String uid, Stream<Drawer> drawers) {
    long check = hash(uid);
    return drawers.max(
        Comparator.comparingLong((Drawer drawer) -> lot(check, drawer.seed()))
            .thenComparing(Drawer::name));
  }

  /** Mixes twice: with one pass the lots of two checks would stand in the same order too often. */
  private static long lot(long check, long seed) {
    return mix(mix(check ^ seed) + seed) >>> 1;
  }

  private static long hash(String text) {
    long h = FNV_OFFSET;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (octet & 0xff)) * FNV_PRIME;
    }
    return mix(h);
  }

  /** The finalizer of SplitMix64: each bit in changes half of the bits out. */
  private static long mix(long value) {
    long h = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }
}
