package dev.pingcheck.page;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.ProbeSource;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.RttStatus;
import dev.pingcheck.crd.SourceStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Checks that stand as a test says. Thread safe. */
public final class ManyChecks implements PageSource {
  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final Map<String, PingCheck> byName = new ConcurrentSkipListMap<>();
  volatile Role role = Role.LEADER;
  volatile Instant leads = NOON;

  @Override
  public Role role() {
    return role;
  }

  @Override
  public Optional<Instant> leadsSince() {
    return role == Role.LEADER ? Optional.of(leads) : Optional.empty();
  }

  @Override
  public Stream<PingCheck> checks() {
    return byName.values().stream();
  }

  @Override
  public Optional<PingCheck> check(String namespace, String name) {
    return Optional.ofNullable(byName.get(namespace + "/" + name));
  }

  @Override
  public PingCheckStatus status(PingCheck check) {
    return check.getStatus();
  }

  @Override
  public String json(Object resource) {
    return JSON.asJson(resource);
  }

  /** So many healthy ones in ten namespaces, named check-00000 and so on. */
  ManyChecks add(int count) {
    for (int i = 0; i < count; i++) {
      put("team-" + i % 10, "check-%05d".formatted(i), 0);
    }
    return this;
  }

  public static String uid(String namespace, String name) {
    return "uid-of-" + namespace + "-" + name;
  }

  /** A check, new or changed: at 20 % it is failing. */
  public PingCheck put(String namespace, String name, int loss) {
    return put(namespace, name, "host-of-" + name + ".example.com", loss);
  }

  PingCheck put(String namespace, String name, String hostname, int loss) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid(uid(namespace, name))
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .build());
    check.setSpec(new PingCheckSpec());
    check.getSpec().setHostname(hostname);
    check.setStatus(status(loss));
    byName.put(namespace + "/" + name, check);
    return check;
  }

  /** A check that names nodes, and what each of them has lost. */
  void putFrom(String namespace, String name, Map<String, Integer> lossByNode) {
    PingCheck check =
        put(namespace, name, lossByNode.values().stream().max(Integer::compare).orElse(0));
    check.getSpec().setFrom(new ProbeSource());
    check.getStatus().setSourceCount(lossByNode.size());
    check
        .getStatus()
        .setSources(
            lossByNode.entrySet().stream().map(e -> source(e.getKey(), e.getValue())).toList());
  }

  private static SourceStatus source(String node, int loss) {
    SourceStatus source = new SourceStatus();
    source.setNode(node);
    source.setLossPercent(loss);
    source.setHealthy(loss < 20);
    source.setReason(loss < 20 ? null : "LossThresholdExceeded");
    source.setRtt(loss == 100 ? null : "1.234ms");
    return source;
  }

  void remove(String namespace, String name) {
    byName.remove(namespace + "/" + name);
  }

  private static PingCheckStatus status(int loss) {
    boolean isBad = loss >= 20;
    RttStatus rtt = new RttStatus();
    rtt.setMin("0.9ms");
    rtt.setAvg("1.234ms");
    rtt.setMax("2ms");
    rtt.setJitter("10µs");
    RoundStatus round = new RoundStatus();
    round.setStartTime(NOON);
    round.setSent(100);
    round.setReceived(100 - loss);
    round.setLossPercent(loss);
    round.setRtt(loss == 100 ? null : rtt);
    PingCheckStatus status = new PingCheckStatus();
    status.setAddress("192.0.2.1");
    status.setPeriod("30s");
    status.setLastRound(round);
    status.setConditions(
        List.of(
            new ConditionBuilder()
                .withType("Healthy")
                .withStatus(isBad ? "False" : "True")
                .withReason(isBad ? "LossThresholdExceeded" : "WithinThresholds")
                .withMessage("As it is.")
                .withLastTransitionTime("2026-01-01T11:00:00Z")
                .build()));
    if (isBad) {
      Outage outage = new Outage();
      outage.setStart(NOON);
      outage.setReason("LossThresholdExceeded");
      status.setOutages(List.of(outage));
    }
    return status;
  }
}
