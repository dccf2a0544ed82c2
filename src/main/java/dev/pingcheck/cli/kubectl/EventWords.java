package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The events of a check, a line each. */
final class EventWords {
  private static final int MOST = 10;

  private EventWords() {}

  /**
   * Reads them as far as the user may. By way of the core API, which whoever has the role view may
   * read; the API server keeps each event under both.
   */
  static List<String> of(Cluster cluster, PingCheck check, Instant now) {
    try {
      List<Event> events =
          cluster
              .client()
              .v1()
              .events()
              .inNamespace(check.getMetadata().getNamespace())
              .withFields(Map.of("involvedObject.uid", check.getMetadata().getUid()))
              .list()
              .getItems();
      return lines(events, now);
    } catch (KubernetesClientException e) {
      return List.of("You cannot see them: " + ApiFault.sentence(e) + ".");
    }
  }

  /** The newest first. */
  static List<String> lines(List<Event> events, Instant now) {
    List<Event> newest =
        events.stream()
            .sorted(Comparator.comparing(EventWords::time).reversed())
            .limit(MOST)
            .toList();
    if (newest.isEmpty()) {
      return List.of("None within the time for which the API server keeps them.");
    }
    return newest.stream()
        .map(event ->
            "%s ago  %s %s: %s"
                .formatted(
                    TimeSpan.text(Duration.between(time(event), now)),
                    event.getType(),
                    event.getReason(),
                    Objects.requireNonNullElse(event.getMessage(), "")))
        .toList();
  }

  private static Instant time(Event event) {
    return Optional.ofNullable(event.getEventTime())
        .map(time -> time.getTime())
        .or(() -> Optional.ofNullable(event.getLastTimestamp()))
        .or(() -> Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
        .map(Instant::parse)
        .orElse(Instant.EPOCH);
  }
}
