package dev.pingcheck.operator.trust;

import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.NetworkDoor;
import dev.pingcheck.link.ServingIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps the link's door on the network open while this operator leads, and shut while it does not:
 * a probe that meets a shut door at one operator behind their common name soon tries another. Its
 * own thread looks after the certificate too.
 */
public final class FleetDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FleetDoor.class.getName());

  private static final Duration TURN = Duration.ofSeconds(5);

  /** From one look at the certificate to the next, as long as nothing is wrong. */
  private static final int LOOK_EVERY_TURNS = 12;

  private final LinkServer link;
  private final CertificateSource certificates;
  private final Function<Supplier<ServingIdentity>, NetworkDoor.Settings> settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("link-door").daemon().factory());
  // All below belong to that thread.
  private Optional<NetworkDoor> door = Optional.empty();
  private boolean leads;
  private String said = "";
  private int turnsToLook;

  /**
   * @param settings of the door, from where its certificates come from
   */
  FleetDoor(
      LinkServer link,
      CertificateSource certificates,
      Function<Supplier<ServingIdentity>, NetworkDoor.Settings> settings) {
    this.link = link;
    this.certificates = certificates;
    this.settings = settings;
  }

  /** Begins to look after the certificate. The link must have been started. */
  public void start() {
    thread.execute(this::turn);
  }

  /** From now on probes on the network are let in. */
  public void leads() {
    execute(() -> follow(true));
  }

  /** From now on they are not. */
  public void standsBy() {
    execute(() -> follow(false));
  }

  private void follow(boolean isLeading) {
    leads = isLeading;
    openOrShut().ifPresent(this::complain);
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException closed) {
      // The operator ends.
    }
  }

  private void turn() {
    thread.schedule(this::turn, TURN.toMillis(), TimeUnit.MILLISECONDS);
    try {
      Optional<String> trouble = Optional.empty();
      if (--turnsToLook <= 0) {
        trouble = certificates.look();
        turnsToLook = trouble.isPresent() ? 1 : LOOK_EVERY_TURNS;
      }
      Optional<String> shut = openOrShut();
      complain(trouble.or(() -> shut).orElse(""));
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "The door goes on after a fault.", fault);
    }
  }

  private void complain(String sentence) {
    if (!sentence.isEmpty() && !sentence.equals(said)) {
      LOG.log(System.Logger.Level.WARNING, sentence);
    }
    said = sentence;
  }

  /** A sentence if the door cannot be as it should. */
  private Optional<String> openOrShut() {
    if (!leads) {
      door.ifPresent(NetworkDoor::close);
      door = Optional.empty();
    } else if (door.isEmpty() && certificates.current().isPresent()) {
      try {
        door = Optional.of(link.open(settings.apply(() -> certificates.current().orElseThrow())));
      } catch (IOException refused) {
        return Optional.of(refused.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Shuts the door for good. */
  @Override
  public void close() {
    execute(() -> follow(false));
    thread.shutdown();
    try {
      var unused = thread.awaitTermination(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
