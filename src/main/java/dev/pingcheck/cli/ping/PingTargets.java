package dev.pingcheck.cli.ping;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoShape;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.engine.wire.PayloadPattern;
import dev.pingcheck.log.SafeText;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.DnsNameResolver;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.resolve.ResolverFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The hosts that were typed, as far as they can be pinged. */
final class PingTargets {
  private final PingOptions options;
  private final OriginChoice origin;
  private final PingPrinter printer;
  private final List<SocketRefusal> missing;
  private final EchoShape shape;
  private final List<PingHost> hosts = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  /**
   * Why a host cannot be pinged.
   *
   * @param host as it was typed
   * @param sentence for people
   */
  record Fault(String host, String sentence) {}

  /**
   * @param missing families without sockets
   */
  PingTargets(
      PingOptions options, OriginChoice origin, PingPrinter printer, List<SocketRefusal> missing) {
    this.options = options;
    this.origin = origin;
    this.printer = printer;
    this.missing = missing;
    PingOptions.Packet packet = options.packet();
    shape =
        new EchoShape(
            packet.size(),
            new SendOptions(
                packet.ttl(), packet.trafficClass(), packet.discovery(), origin.origin()),
            pattern(packet.pattern()));
  }

  /** Looks all names up at once, and waits for the last answer. */
  void resolve(Clock clock) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    try (NameResolver resolver = new DnsNameResolver(ResolverFiles.system(), clock)) {
      for (String typed : options.hosts()) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        resolver.resolve(HostName.query(typed), families(), answer::complete);
        answers.add(answer);
      }
      for (int i = 0; i < answers.size(); i++) {
        judge(options.hosts().get(i), answers.get(i).join());
      }
    }
  }

  List<PingHost> hosts() {
    return hosts;
  }

  List<Fault> faults() {
    return faults;
  }

  private void judge(String typed, Answer answer) {
    if (answer.addresses().isEmpty()) {
      String detail = answer.resolution().detail().replace(HostName.query(typed), typed);
      faults.add(new Fault(SafeText.of(typed), detail));
      return;
    }
    Peer peer = origin.on(Peer.of(answer.addresses().getFirst()));
    Optional<SocketRefusal> refusal =
        missing.stream().filter(each -> each.family() == peer.family()).findFirst();
    if (refusal.isPresent()) {
      faults.add(new Fault(SafeText.of(typed), refusal.get().sentence()));
    } else if (origin.family().filter(family -> family != peer.family()).isPresent()) {
      String sentence =
          "-I is an "
              + origin.family().get()
              + " address and "
              + peer.text()
              + " is none: give both of one family";
      faults.add(new Fault(SafeText.of(typed), sentence));
    } else {
      hosts.add(new PingHost(typed, peer, shape, printer, !options.hasManyHosts()));
    }
  }

  /** A source address decides which addresses of a name can be reached from it. */
  private IpFamilies families() {
    if (options.families() != IpFamilies.ANY || origin.family().isEmpty()) {
      return options.families();
    }
    return origin.family().get() == IpFamily.IPV4 ? IpFamilies.IPV4 : IpFamilies.IPV6;
  }

  private static PayloadPattern pattern(List<Byte> octets) {
    if (octets.isEmpty()) {
      return PayloadPattern.COUNTING;
    }
    byte[] values = new byte[octets.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = octets.get(i);
    }
    return PayloadPattern.repeating(values);
  }
}
