package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready without the API server: nothing would be told. Asks it at most every five seconds. */
@Readiness
@Singleton
class ApiServerReadiness implements HealthCheck {
  private static final long ANSWER_KEEPS_NANOS = Duration.ofSeconds(5).toNanos();

  private final KubernetesClient client;
  private final Clock clock;
  private HealthCheckResponse answer;
  private long askedAt;

  ApiServerReadiness(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    if (answer == null || clock.nanoTime() - askedAt >= ANSWER_KEEPS_NANOS) {
      answer = ask();
      askedAt = clock.nanoTime();
    }
    return answer;
  }

  private HealthCheckResponse ask() {
    try {
      String version = client.getKubernetesVersion().getGitVersion();
      return HealthCheckResponse.named("API server reachable")
          .up()
          .withData("version", version)
          .build();
    } catch (KubernetesClientException e) {
      return HealthCheckResponse.named("API server reachable")
          .down()
          .withData("error", String.valueOf(e.getMessage()))
          .build();
    }
  }
}
