package dev.pingcheck.once;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.ProbeSource;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.OperatorAddress;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.link.ProbeRole;
import dev.pingcheck.operator.trust.ProbePods;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two operators from the build behind one address, with the rights of k8s/ and the certificate that
 * they made, and 200 probes with real tokens, which speak the real link.
 */
class FleetLinkIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final int PROBES = 200;

  @TempDir Path folder;
  private final List<LinkClient> probes = new ArrayList<>();
  private final Set<String> planned = ConcurrentHashMap.newKeySet();
  private Processes processes;
  private ProbePods pods;
  private Replica first;
  private Replica second;
  private ServiceRelay service;

  @BeforeEach
  void start() throws IOException {
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac", "-f", "k8s/rbac-link");
    api.admin().leases().inNamespace("pingcheck-system").withName("pingcheck-operator").delete();
    processes = new Processes();
    pods = new ProbePods(api);
    int firstPort = portBelowOutgoing();
    int secondPort = portBelowOutgoing();
    first = replica("fleet-first", firstPort);
    await("the first leads", first::leads);
    second = replica("fleet-second", secondPort);
    await("the second stands by", () -> second.http("/q/metrics").contains("pingcheck_leader 0.0"));
    service = new ServiceRelay(List.of(firstPort, secondPort));
    await("probes are told whom to trust", () -> configMap() != null);
    Files.writeString(folder.resolve("ca.crt"), configMap().getData().get("ca.crt"));
  }

  @AfterEach
  void stop() {
    probes.parallelStream().forEach(LinkClient::close);
    service.close();
    first.close();
    second.close();
    processes.close();
    pods.close();
  }

  /** One that no outgoing connection takes before an operator listens there. */
  private static int portBelowOutgoing() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // The next one.
      }
    }
  }

  private static ConfigMap configMap() {
    return api.admin()
        .configMaps()
        .inNamespace("pingcheck-system")
        .withName("pingcheck-link-ca")
        .get();
  }

  private static void await(String what, Callable<Boolean> state) {
    Awaitility.await(what).atMost(Duration.ofSeconds(120)).until(state);
  }

  private Replica replica(String identity, int port) {
    Path account = api.kubeconfig("pingcheck-system", "pingcheck-operator");
    return new Replica(
            processes,
            identity,
            account,
            "-Dpingcheck.link.names=localhost",
            "--link-port",
            Integer.toString(port))
        .startOperator();
  }

  private LinkClient probe(int number, String token, String node) throws IOException {
    Path tokenFile = Files.writeString(folder.resolve("token-" + number), token);
    OperatorAddress address =
        new OperatorAddress.Remote(
            "localhost",
            service.port(),
            folder.resolve("ca.crt"),
            tokenFile,
            ProbeRole.NODE,
            Optional.of(node));
    LinkClient probe =
        new LinkClient(
            address,
            "%08x".formatted(number),
            new Planned(),
            Clock.system(),
            LinkClientLimits.overNetwork());
    probe.start();
    probes.add(probe);
    return probe;
  }

  /** A check that the first probe's node alone is asked for. */
  private static PingCheck checkFrom(String node) {
    api.kubectl("label", "node", node, "counted=yes");
    ProbeSource from = new ProbeSource();
    from.setNodeSelector(Map.of("counted", "yes"));
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder().withName("gw").withNamespace(api.newNamespace("fleet")).build());
    check.setSpec(new PingCheckSpec());
    check.getSpec().setHostname("192.0.2.1");
    check.getSpec().setFrom(from);
    return api.admin().resource(check).create();
  }

  /** A good round of the first probe ends. */
  private void round(PingCheck check, int number) {
    Instant now = Instant.now();
    Replies replies = new Replies(1, List.of(1_000_000L), 1, OptionalInt.of(64), Optional.of(now));
    probes
        .getFirst()
        .report(
            new RoundReport(
                check.getMetadata().getUid(),
                1,
                new RoundId("00000000", number),
                now,
                now,
                Resolution.literal(),
                List.of(
                    new AddressRound(
                        "192.0.2.1", 1, replies, Map.of(), Strays.NONE, Optional.empty())),
                Pacing.ON_TIME));
  }

  private static double rounds(Replica at) {
    return sum(at, "pingcheck_source_rounds_total{");
  }

  private String startProbes() throws IOException {
    record Identity(String node, String token) {}
    List<Identity> all =
        IntStream.range(0, PROBES)
            .parallel()
            .mapToObj(number -> {
              String node = pods.node("fleet-node");
              return new Identity(node, pods.token(pods.pod(node), "pingcheck"));
            })
            .toList();
    for (int number = 0; number < PROBES; number++) {
      probe(number, all.get(number).token(), all.get(number).node());
    }
    return all.getFirst().node();
  }

  private static double refused(Replica at, String reason) {
    return sum(at, "pingcheck_link_refused_total{reason=\"" + reason + "\"");
  }

  private static double sum(Replica at, String series) {
    return at.http("/q/metrics")
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private boolean allConnected() {
    return probes.stream().allMatch(LinkClient::connected);
  }

  @Test
  void twoHundredProbesFindTheNextLeaderWithoutALostRoundAndAStrangerIsCounted()
      throws IOException {
    PingCheck check = checkFrom(startProbes());
    await("all are let in", this::allConnected);
    await("one is told", () -> planned.contains(check.getMetadata().getUid()));
    round(check, 1);
    await("its round is counted", () -> rounds(first) == 1);
    String node = pods.node("fleet-node");
    LinkClient stranger = probe(PROBES, pods.token(pods.pod(node), "vault"), node);
    await("it is counted", () -> refused(first, "other_audience") >= 1);
    assertThat(stranger.connected()).isFalse();
    stranger.close();
    probes.remove(stranger);

    int before = service.accepted();
    Processes.terminate(first.operator());
    IntStream.rangeClosed(2, 4).forEach(number -> round(check, number));
    await("the second leads", second::leads);
    long led = System.nanoTime();
    await("all have come again", this::allConnected);

    System.out.printf(
        "200 probes came again within %.1f s of a take-over, with %d connections%n",
        (System.nanoTime() - led) / 1e9, service.accepted() - before);
    assertThat(refused(second, "not_genuine")).isZero();
    await("no round that nobody took is missing", () -> rounds(second) == 3);
    round(check, 5);
    await("and none is counted twice", () -> rounds(second) == 4);
  }

  /** Sends nothing, but keeps in mind which checks it was told. */
  private final class Planned implements PlanListener {
    @Override
    public void snapshot(Collection<ProbePlan> plans, Optional<Interruption> missed) {
      plans.forEach(this::put);
    }

    @Override
    public void put(ProbePlan plan) {
      planned.add(plan.check().uid());
    }

    @Override
    public void removed(String uid) {
      planned.remove(uid);
    }
  }
}
