package dev.pingcheck.operator.trust;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.Admission.Refused;
import dev.pingcheck.link.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What need not be asked again: what was refused a moment ago, and whoever is at an address that
 * has shown many such. Keeps digests, no tokens, and of both a bounded number.
 *
 * <p>Thread safe.
 */
final class Distrust {
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** Refusals that an address has without waiting, and how often one is forgiven. */
  static final int STRIKES = 20;

  static final Duration FORGIVEN_EVERY = Duration.ofSeconds(10);
  private static final int MOST = 4096;

  private final Clock clock;
  private final Map<String, Past> tokens = bounded();
  private final Map<String, Strikes> addresses = bounded();

  private record Past(Refused refusal, long at) {}

  /** How many there were at a time. */
  private record Strikes(double count, long at) {
    double left(long now) {
      return Math.max(0, count - (double) (now - at) / FORGIVEN_EVERY.toNanos());
    }
  }

  Distrust(Clock clock) {
    this.clock = clock;
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }

  /** How the same was refused within the last minute. */
  synchronized Optional<Refused> earlier(Credentials shown) {
    Past past = tokens.get(digest(shown));
    return past == null || clock.nanoTime() - past.at() >= REMEMBERED.toNanos()
        ? Optional.empty()
        : Optional.of(past.refusal());
  }

  /** Whether there was too much from an address to look at more. */
  synchronized boolean isTiredOf(String address) {
    Strikes strikes = addresses.get(address);
    return strikes != null && strikes.left(clock.nanoTime()) > STRIKES - 1;
  }

  /** These were refused after the API server was asked. */
  synchronized void refused(Credentials shown, Refused refusal) {
    long now = clock.nanoTime();
    tokens.put(digest(shown), new Past(refusal, now));
    Strikes before = addresses.remove(shown.peer());
    double left = before == null ? 0 : before.left(now);
    addresses.put(shown.peer(), new Strikes(left + 1, now));
  }

  private static String digest(Credentials shown) {
    String all = shown.token() + " " + shown.role() + " " + shown.claimedNode();
    try {
      byte[] octets = all.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException required) {
      throw new IllegalStateException(required);
    }
  }
}
