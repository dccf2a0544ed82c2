package dev.pingcheck.engine;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.SimulatedPort;
import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.schedule.PacketLimits;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** An engine on a simulated port and a fake clock, gone around turn by turn. */
final class EngineFixture implements NameResolver {
  static final String ADDRESS = "192.0.2.1";

  /** For plans of loopback and of link-local addresses, which the built-in policy forbids. */
  static final AddressRules NEAR =
      new AddressRules(Networks.of("127.0.0.0/8", "::1/128", "fe80::/10"), Networks.NONE);

  final FakeClock clock = new FakeClock();
  final SimulatedPort port = new SimulatedPort(clock);
  final List<RoundReport> reports = new ArrayList<>();
  final Map<String, Answer> names = new HashMap<>();
  final List<Consumer<Answer>> held = new ArrayList<>();
  Consumer<RoundReport> sink = reports::add;
  boolean holdAnswers;

  /** Which names were prepared, and how far ahead. */
  final List<String> prepared = new ArrayList<>();

  final EchoLoop loop;
  final EchoEngine engine;

  EngineFixture() {
    this(1 << 22);
  }

  EngineFixture(int mostInFlight) {
    this(mostInFlight, PacketLimits.defaults());
  }

  EngineFixture(int mostInFlight, PacketLimits limits) {
    this(mostInFlight, limits, RoundWitness.BLIND);
  }

  /** One whose packets somebody sees. */
  EngineFixture(RoundWitness witness) {
    this(1 << 22, PacketLimits.defaults(), witness);
  }

  private EngineFixture(int mostInFlight, PacketLimits limits, RoundWitness witness) {
    loop = new EchoLoop("test", clock, port, new Random(1), mostInFlight);
    engine = new EchoEngine("c0ffee", loop, this, limits, report -> sink.accept(report), witness);
  }

  static ProbePlan plan(String uid, String host, int count, String timing) {
    String[] parts = timing.split(" ");
    return new ProbePlan(
        new CheckRef(uid, "default", uid, 1),
        host,
        IpFamilies.ANY,
        AddressSelection.ALL,
        new Timing(
            count, Duration.parse(parts[0]), Duration.parse(parts[1]), Duration.parse(parts[2])),
        new PacketShape(56, 64, 0, false));
  }

  /** Four requests, one a second, each waits 2 s, every 30 s. */
  static ProbePlan plan() {
    return plan("uid-1", ADDRESS, 4, "PT1S PT30S PT2S");
  }

  /** Puts a plan and goes on to the start of its first round, whose first requests are sent. */
  List<Sent> startRound(ProbePlan plan) {
    engine.put(plan);
    turns();
    clock.advance(
        Duration.ofNanos(Phase.delay(plan.check().uid(), plan.timing().period(), clock.now())));
    turns();
    return port.takeSent();
  }

  /** Time passes in one step, and the loop notices. */
  List<Sent> after(String duration) {
    clock.advance(Duration.parse(duration));
    turns();
    return port.takeSent();
  }

  void turns() {
    for (int i = 0; i < 4; i++) {
      loop.turn();
    }
  }

  void reply(Sent request) {
    deliver(request.to(), TestPackets.reply(request.message()));
  }

  void deliver(Peer from, byte[] message) {
    boolean ipv4 = from.family() == IpFamily.IPV4;
    port.deliver(from, ipv4 ? TestPackets.ipv4(message, 57) : message);
  }

  /** The only report of only one address. */
  AddressRound round() {
    if (reports.size() != 1 || reports.getFirst().addresses().size() != 1) {
      throw new AssertionError("not one report of one address: " + reports);
    }
    return reports.getFirst().addresses().getFirst();
  }

  static Peer peer(String literal) {
    return Peer.of(address(literal));
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void resolve(String hostname, IpFamilies families, Consumer<Answer> callback) {
    if (holdAnswers) {
      held.add(callback);
      return;
    }
    Answer answer = names.get(hostname);
    callback.accept(
        answer == null ? new Answer(Resolution.literal(), List.of(address(hostname))) : answer);
  }

  @Override
  public void prepare(String hostname, IpFamilies families, Duration ahead) {
    prepared.add(hostname + " " + families + " " + ahead);
  }

  @Override
  public void close() {}
}
