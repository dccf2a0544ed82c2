package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.page.PageSource;
import dev.pingcheck.report.Reporter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What the page shows: the cache, and what is judged ahead of it. */
record PageView(CheckCache cache, Reporter reporter, Leadership leadership, KubernetesClient client)
    implements PageSource {

  @Override
  public Role role() {
    return switch (leadership.role()) {
      case UNKNOWN -> Role.UNKNOWN;
      case STANDBY -> Role.STANDBY;
      case LEADER -> Role.LEADER;
    };
  }

  @Override
  public Optional<Instant> leadsSince() {
    return leadership.leadsSince();
  }

  @Override
  public Stream<PingCheck> checks() {
    return cache.all();
  }

  @Override
  public Optional<PingCheck> check(String namespace, String name) {
    return cache.find(namespace, name);
  }

  /** While another one leads, what was judged here is of old. */
  @Override
  public PingCheckStatus status(PingCheck check) {
    return leadership.role() == Leadership.Role.STANDBY
        ? Reporter.stored(check)
        : reporter.lookAt(check);
  }

  @Override
  public String json(Object resource) {
    return client.getKubernetesSerialization().asJson(resource);
  }
}
