package dev.pingcheck.once;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.Thresholds;
import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The checks of one namespace and all that was ever told of them: a watch of its own, which goes on
 * over restarts of the API server, remembers each event, also one that is gone by now.
 */
final class Told implements AutoCloseable {

  /** A crossing as its event tells it. */
  record Crossing(String check, String reason, Instant time) {}

  private final ApiServer api;
  private final String namespace;
  private final Map<String, Set<String>> uidsByCheck = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Event> watch;

  Told(ApiServer api, String namespace) {
    this.api = api;
    this.namespace = namespace;
    watch = api.admin().events().v1().events().inNamespace(namespace).inform(new Remembering());
  }

  /** Each event counts once, whatever its name: one that came back has a UID of its own. */
  private final class Remembering implements ResourceEventHandler<Event> {
    @Override
    public void onAdd(Event event) {
      uidsByCheck
          .computeIfAbsent(event.getRegarding().getName(), c -> ConcurrentHashMap.newKeySet())
          .add(event.getMetadata().getUid());
    }

    @Override
    public void onUpdate(Event before, Event event) {
      onAdd(event);
    }

    @Override
    public void onDelete(Event event, boolean unknown) {
      // It was told all the same.
    }
  }

  String namespace() {
    return namespace;
  }

  /** Makes a check that crosses at a loss of 20 percent and at an average of 200 ms. */
  void create(String name, String period) {
    PingCheck check = new PingCheck();
    check.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname("192.0.2.1");
    spec.setPeriod(period);
    Thresholds thresholds = new Thresholds();
    thresholds.setLossPercent(20);
    thresholds.setRtt("200ms");
    spec.setThresholds(thresholds);
    check.setSpec(spec);
    api.admin().resource(check).create();
  }

  PingCheck check(String name) {
    return api.admin().resources(PingCheck.class).inNamespace(namespace).withName(name).get();
  }

  /** How many events about a check there have ever been. */
  int count(String check) {
    return uidsByCheck.getOrDefault(check, Set.of()).size();
  }

  /** The events about a check that the API server has now, by time. */
  List<Crossing> stored(String check) {
    return api.admin().events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> check.equals(event.getRegarding().getName()))
        .map(event ->
            new Crossing(check, event.getReason(), Instant.parse(event.getEventTime().getTime())))
        .sorted(Comparator.comparing(Crossing::time).thenComparing(Crossing::reason))
        .toList();
  }

  @Override
  public void close() {
    watch.close();
    api.admin().resources(PingCheck.class).inNamespace(namespace).delete();
  }
}
