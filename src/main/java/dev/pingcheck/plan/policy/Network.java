package dev.pingcheck.plan.policy;

import dev.pingcheck.crd.PolicyRules;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All addresses that begin with the same bits.
 *
 * @param first its first address: no bit behind the prefix is set
 * @param length of the prefix in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(Ip first, int length) implements Comparable<Network> {
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  private static final Comparator<Network> ORDER =
      Comparator.comparing((Network n) -> n.first.v6())
          .thenComparing(Network::length, Comparator.reverseOrder())
          .thenComparing(n -> n.first.high(), Long::compareUnsigned)
          .thenComparing(n -> n.first.low(), Long::compareUnsigned);

  /**
   * @throws IllegalArgumentException if the length is out of range or a bit behind it is set
   */
  public Network {
    if (length < 0 || length > bits(first.v6())) {
      throw new IllegalArgumentException("no prefix length: " + length);
    }
    if (!first.masked(length).equals(first)) {
      throw new IllegalArgumentException(first + " has bits behind the first " + length);
    }
  }

  /** A network, or the sentence that says why a text is none. */
  sealed interface Reading {
    /** It is one. */
    record Read(Network network) implements Reading {}

    /** It is none. */
    record Refused(String sentence) implements Reading {}
  }

  /** Reads CIDR form (RFC 4632 section 3.1, RFC 4291 section 2.3), address and length both. */
  static Reading read(String text) {
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    Optional<Ip> address = slash < 0 ? Optional.empty() : Ip.parse(text.substring(0, slash));
    if (address.isEmpty() || !LENGTH.matcher(length).matches()) {
      return new Reading.Refused(PolicyRules.NETWORK_SENTENCE);
    }
    boolean mapped = !address.get().v6() && text.indexOf(':') >= 0;
    int bits = Integer.parseInt(length);
    if (mapped) {
      return new Reading.Refused(
          bits > bits(true) ? PolicyRules.NETWORK_SENTENCE : PolicyRules.NETWORK_MAPPED_SENTENCE);
    }
    if (bits > bits(address.get().v6())) {
      return new Reading.Refused(PolicyRules.NETWORK_SENTENCE);
    }
    return address.get().masked(bits).equals(address.get())
        ? new Reading.Read(new Network(address.get(), bits))
        : new Reading.Refused(PolicyRules.NETWORK_MASKED_SENTENCE);
  }

  /** The network that a text is, if it is one. */
  public static Optional<Network> parse(String text) {
    return read(text) instanceof Reading.Read(Network network)
        ? Optional.of(network)
        : Optional.empty();
  }

  /** A network that is known to be one. */
  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static int bits(boolean v6) {
    return v6 ? 128 : 32;
  }

  public boolean contains(Ip address) {
    return address.v6() == first.v6() && address.masked(length).equals(first);
  }

  /** IPv4 first; in each family the narrow ones first. */
  @Override
  public int compareTo(Network other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return first + "/" + length;
  }
}
