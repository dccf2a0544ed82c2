package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.EchoRate;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of a name's addresses a round pings. The resolver keeps their order steady.
 *
 * @param peers in the order of the addresses, each once
 * @param leftOut how many more a check of all addresses would ping if a round had no bound
 */
record AddressPick(List<Peer> peers, int leftOut) {
  /** A name may have hundreds of addresses; a round pings no more than these. */
  static final int MOST_ADDRESSES = EchoRate.MOST_ADDRESSES;

  /**
   * @param resolved in order of preference
   */
  static AddressPick of(ProbePlan plan, List<InetAddress> resolved) {
    if (resolved.size() == 1) {
      return new AddressPick(List.of(Peer.of(resolved.getFirst())), 0);
    }
    List<Peer> peers = resolved.stream().map(Peer::of).distinct().toList();
    boolean all = plan.addresses() == AddressSelection.ALL;
    List<Peer> picked =
        plan.families() == IpFamilies.DUAL_STACK
            ? ofBoth(peers, all)
            : peers.stream().limit(all ? MOST_ADDRESSES : 1).toList();
    return new AddressPick(picked, all ? peers.size() - picked.size() : 0);
  }

  /** One of each family, or half of the places; what one family does not need the other gets. */
  private static List<Peer> ofBoth(List<Peer> peers, boolean all) {
    long half = all ? MOST_ADDRESSES / 2 : 1;
    long ipv4 = peers.stream().filter(peer -> peer.family() == IpFamily.IPV4).count();
    long forIpv4 = all ? Math.max(half, MOST_ADDRESSES - (peers.size() - ipv4)) : half;
    long forIpv6 = all ? Math.max(half, MOST_ADDRESSES - ipv4) : half;
    List<Peer> picked = new ArrayList<>();
    for (Peer peer : peers) {
      long left = peer.family() == IpFamily.IPV4 ? forIpv4-- : forIpv6--;
      if (left > 0) {
        picked.add(peer);
      }
    }
    return picked;
  }
}
