package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the API server is away, has no CRD or refuses: nothing would be told. Asks it at
 * most every five seconds.
 */
@Readiness
@Singleton
class ApiServerReadiness implements HealthCheck {
  private static final long ANSWER_KEEPS_NANOS = Duration.ofSeconds(5).toNanos();

  private final CheckAccess access;
  private final Clock clock;
  private HealthCheckResponse answer;
  private long askedAt;

  ApiServerReadiness(CheckAccess access, Clock clock) {
    this.access = access;
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
    Optional<String> obstacle = access.obstacle();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("PingChecks readable").status(obstacle.isEmpty());
    obstacle.ifPresent(sentence -> response.withData("error", sentence));
    return response.build();
  }
}
