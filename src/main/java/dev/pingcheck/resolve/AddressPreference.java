package dev.pingcheck.resolve;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which address of several is to be preferred, RFC 6724 section 6: rule 1 (usable), 2 (matching
 * scope), 5 (matching label) and 6 (higher precedence). Where these say nothing the lower address
 * goes first, so that a server that rotates its answers does not look like a changed address.
 */
final class AddressPreference {
  private static final int DISCARD = 9;

  private final Function<InetAddress, Optional<InetAddress>> sourceFor;

  /** Asks the kernel for the source address; no packet is sent. */
  AddressPreference() {
    this(AddressPreference::kernelSource);
  }

  AddressPreference(Function<InetAddress, Optional<InetAddress>> sourceFor) {
    this.sourceFor = sourceFor;
  }

  /** The addresses, best first, none twice. */
  List<InetAddress> sort(List<InetAddress> addresses) {
    if (addresses.size() < 2) {
      return List.copyOf(addresses);
    }
    return addresses.stream()
        .distinct()
        .map(address -> new Candidate(address, sourceFor.apply(address)))
        .sorted(
            Comparator.comparing(Candidate::isUsable)
                .thenComparing(Candidate::isOfSourceScope)
                .thenComparing(Candidate::isOfSourceLabel)
                .thenComparing(candidate -> policy(candidate.address).precedence)
                .reversed()
                .thenComparing(candidate -> candidate.address.getAddress().length)
                .thenComparing(
                    candidate -> candidate.address.getAddress(), Arrays::compareUnsigned))
        .map(Candidate::address)
        .toList();
  }

  /** Whether there is a route to it. */
  boolean isUsable(InetAddress address) {
    return sourceFor.apply(address).isPresent();
  }

  /** Connecting a datagram socket only looks for a route and a source address (connect(2)). */
  private static Optional<InetAddress> kernelSource(InetAddress destination) {
    var family =
        destination instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    try (DatagramChannel channel = DatagramChannel.open(family)) {
      channel.connect(new InetSocketAddress(destination, DISCARD));
      return Optional.of(((InetSocketAddress) channel.getLocalAddress()).getAddress());
    } catch (IOException | UnsupportedOperationException unreachable) {
      return Optional.empty();
    }
  }

  private record Candidate(InetAddress address, Optional<InetAddress> source) {
    boolean isUsable() {
      return source.isPresent();
    }

    boolean isOfSourceScope() {
      return source.filter(from -> scope(from) == scope(address)).isPresent();
    }

    boolean isOfSourceLabel() {
      return source.filter(from -> policy(from) == policy(address)).isPresent();
    }
  }

  /** RFC 6724 section 3.1 and 3.2. */
  private static int scope(InetAddress address) {
    if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
      return 0x2;
    }
    if (address.isMulticastAddress() && address instanceof Inet6Address) {
      return address.getAddress()[1] & 0xf;
    }
    return address.isSiteLocalAddress() && address instanceof Inet6Address ? 0x5 : 0xe;
  }

  /** The default policy table, RFC 6724 section 2.1: one entry a label. */
  private enum Policy {
    LOOPBACK(50),
    NATIVE(40),
    IPV4(35),
    SIX_TO_FOUR(30),
    TEREDO(5),
    UNIQUE_LOCAL(3),
    SITE_LOCAL(1),
    SIX_BONE(1),
    COMPATIBLE(1);

    private final int precedence;

    Policy(int precedence) {
      this.precedence = precedence;
    }
  }

  private static Policy policy(InetAddress address) {
    if (address instanceof Inet4Address) {
      return Policy.IPV4;
    }
    byte[] octets = address.getAddress();
    int first = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
    int second = (octets[2] & 0xff) << 8 | octets[3] & 0xff;
    if (address.isLoopbackAddress()) {
      return Policy.LOOPBACK;
    } else if (((Inet6Address) address).isIPv4CompatibleAddress()) {
      return Policy.COMPATIBLE;
    } else if (first == 0x2002) {
      return Policy.SIX_TO_FOUR;
    } else if (first == 0x2001 && second == 0) {
      return Policy.TEREDO;
    } else if ((first & 0xfe00) == 0xfc00) {
      return Policy.UNIQUE_LOCAL;
    } else if ((first & 0xffc0) == 0xfec0) {
      return Policy.SITE_LOCAL;
    }
    return first == 0x3ffe ? Policy.SIX_BONE : Policy.NATIVE;
  }
}
