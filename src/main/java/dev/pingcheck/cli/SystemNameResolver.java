package dev.pingcheck.cli;

import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.stats.Resolution;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Turns names into addresses as the machine's own resolver does. */
final class SystemNameResolver implements NameResolver {

  @Override
  public void resolve(String hostname, IpFamilies families, Consumer<Answer> callback) {
    Thread.ofVirtual().start(() -> callback.accept(lookUp(hostname, families)));
  }

  private static Answer lookUp(String hostname, IpFamilies families) {
    List<InetAddress> addresses;
    try {
      addresses =
          Stream.of(InetAddress.getAllByName(hostname)).filter(a -> isWanted(a, families)).toList();
    } catch (UnknownHostException e) {
      return failed(hostname + " is not known: check the name, or give an address");
    }
    if (addresses.isEmpty()) {
      return failed(hostname + " has no address of the family that was asked for");
    }
    return new Answer(Resolution.resolved(), addresses);
  }

  private static boolean isWanted(InetAddress address, IpFamilies families) {
    return switch (families) {
      case ANY, DUAL_STACK -> true;
      case IPV4 -> !(address instanceof Inet6Address);
      case IPV6 -> address instanceof Inet6Address;
    };
  }

  private static Answer failed(String sentence) {
    return new Answer(Resolution.failed(sentence), List.of());
  }

  @Override
  public void close() {}
}
