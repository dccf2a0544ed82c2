package dev.pingcheck.verdict;

import dev.pingcheck.crd.PingedAddresses;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Remembers which addresses were pinged, in a space that does not grow with their number. */
final class AddressMemory {

  /** So many addresses are remembered by name; of more, a digest. */
  static final int NAMED = 16;

  private static final int DIGEST_OCTETS = 8;

  private AddressMemory() {}

  static PingedAddresses of(Collection<String> addresses) {
    List<String> sorted = List.copyOf(new TreeSet<>(addresses));
    PingedAddresses memory = new PingedAddresses();
    memory.setCount(sorted.size());
    memory.setFirst(sorted.subList(0, Math.min(NAMED, sorted.size())));
    if (sorted.size() > NAMED) {
      memory.setDigest(digest(sorted));
    }
    return memory;
  }

  static boolean areTheSame(PingedAddresses a, PingedAddresses b) {
    return a.getFirst().equals(b.getFirst())
        && a.getCount().equals(b.getCount())
        && String.valueOf(a.getDigest()).equals(String.valueOf(b.getDigest()));
  }

  /** One sentence on what is pinged now instead of what. */
  static String change(PingedAddresses before, PingedAddresses now) {
    if (before.getDigest() != null || now.getDigest() != null) {
      return "The name has %d other addresses now; it had %d."
          .formatted(now.getCount(), before.getCount());
    }
    if (before.getCount() == 1 && now.getCount() == 1) {
      return "The address changed from %s to %s."
          .formatted(before.getFirst().getFirst(), now.getFirst().getFirst());
    }
    return "The addresses changed: new: %s; gone: %s; %d now."
        .formatted(
            without(now.getFirst(), before.getFirst()),
            without(before.getFirst(), now.getFirst()),
            now.getCount());
  }

  /** One sentence on what is pinged. */
  static String state(PingedAddresses now) {
    return now.getCount() == 1
        ? "The address is " + now.getFirst().getFirst() + "."
        : "There are " + now.getCount() + " addresses.";
  }

  private static String without(List<String> all, List<String> others) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(others);
    return rest.isEmpty() ? "none" : String.join(", ", rest);
  }

  private static String digest(List<String> sorted) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", sorted).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_OCTETS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
