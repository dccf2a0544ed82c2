package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which of a name's addresses a round pings. */
final class AddressPick {
  /** A name may have hundreds of addresses; a round pings no more than these. */
  static final int MOST_ADDRESSES = 16;

  private AddressPick() {}

  /**
   * @param resolved in order of preference
   * @return in the same order, each once
   */
  static List<Peer> of(ProbePlan plan, List<InetAddress> resolved) {
    List<Peer> peers = resolved.stream().map(Peer::of).distinct().toList();
    if (plan.addresses() == AddressSelection.ALL) {
      return peers.stream().limit(MOST_ADDRESSES).toList();
    }
    if (plan.families() != IpFamilies.DUAL_STACK) {
      return peers.stream().limit(1).toList();
    }
    return Stream.of(first(peers, IpFamily.IPV4), first(peers, IpFamily.IPV6))
        .flatMap(List::stream)
        .sorted((a, b) -> Integer.compare(peers.indexOf(a), peers.indexOf(b)))
        .toList();
  }

  private static List<Peer> first(List<Peer> peers, IpFamily family) {
    return peers.stream().filter(peer -> peer.family() == family).limit(1).toList();
  }
}
