package dev.pingcheck.bench;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.verdict.EventReason;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Watches the loss events of a namespace and notes when each of them can be seen by a client. */
public final class CrossingWatch implements AutoCloseable {

  /**
   * An event about a crossing, seen.
   *
   * @param check the name of the check
   * @param time the crossing's: the end of its round, cut to the millisecond
   * @param seen when the watch told it
   */
  public record Crossing(String check, EventReason reason, Instant time, Instant seen) {
    /**
     * From the end of the round to the event, in milliseconds; up to 1 ms too long, never short.
     */
    public double millis() {
      return Duration.between(time, seen).toNanos() / 1e6;
    }
  }

  private static final Set<EventReason> REASONS =
      Set.of(EventReason.LOSS_THRESHOLD_EXCEEDED, EventReason.LOSS_RECOVERED);

  private final BlockingQueue<Optional<Crossing>> arrivals = new LinkedBlockingQueue<>();
  private final Set<String> told = new HashSet<>();
  private final Clock clock;
  private final Watch watch;

  /** Starts to watch; when it returns, no later event is missed. */
  public CrossingWatch(KubernetesClient client, String namespace, Clock clock) {
    this.clock = clock;
    watch = client.events().v1().events().inNamespace(namespace).watch(new Receiver());
  }

  /**
   * Waits for the next crossing.
   *
   * @throws IllegalStateException with a sentence when none comes in time, or the watch ended
   */
  public Crossing next(Duration patience) throws InterruptedException {
    Optional<Crossing> next = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (next == null) {
      throw new IllegalStateException(
          "no event of a crossing came within " + patience.toSeconds() + " s");
    }
    return next.orElseThrow(
        () -> new IllegalStateException("the API server ended the watch on events"));
  }

  /** The next crossing that was seen, or null if there is none now. */
  public Crossing poll() {
    Optional<Crossing> next = arrivals.poll();
    return next == null
        ? null
        : next.orElseThrow(
            () -> new IllegalStateException("the API server ended the watch on events"));
  }

  @Override
  public void close() {
    watch.close();
  }

  private final class Receiver implements Watcher<Event> {
    @Override
    public void eventReceived(Action action, Event event) {
      Instant seen = clock.now();
      if (action == Action.ADDED && told.add(event.getMetadata().getUid())) {
        REASONS.stream()
            .filter(reason -> reason.text().equals(event.getReason()))
            .map(reason -> crossing(reason, event, seen))
            .forEach(crossing -> arrivals.add(Optional.of(crossing)));
      }
    }

    private static Crossing crossing(EventReason reason, Event event, Instant seen) {
      Instant time = Instant.parse(event.getEventTime().getTime());
      return new Crossing(event.getRegarding().getName(), reason, time, seen);
    }

    @Override
    public void onClose(WatcherException cause) {
      arrivals.add(Optional.empty());
    }
  }
}
