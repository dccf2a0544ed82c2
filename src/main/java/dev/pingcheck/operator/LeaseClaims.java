package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.Interruption;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Claims a Lease (coordination.k8s.io/v1) for one operator. Each write names the version that it
 * follows, so that of two who claim at once one is refused. A holder that gives the lease up leaves
 * its name in an annotation: if it is the next one again, nobody has led in between.
 *
 * <p>Not thread safe.
 */
final class LeaseClaims implements LeaseElection.Claimant {
  private static final String RELEASED_BY = "pingcheck.dev/released-by";

  /** What the next probe has to make up for: {@link Interruption}. */
  private static final String BEGUN_UNTIL = "pingcheck.dev/rounds-begun-until";

  private static final String BROKEN_OFF = "pingcheck.dev/rounds-broken-off";

  /** What came of a claim. */
  sealed interface Claim {
    /**
     * The lease is ours, renewed.
     *
     * @param uninterrupted whether nobody else has had it since it was ours before
     * @param interruption what whoever has given it up leaves to the next probe
     */
    record Held(boolean uninterrupted, Optional<Interruption> interruption) implements Claim {
      Held(boolean uninterrupted) {
        this(uninterrupted, Optional.empty());
      }
    }

    /**
     * It is somebody else's.
     *
     * @param left when it may be claimed unless it is renewed, above zero
     */
    record Taken(String holder, Duration left) implements Claim {}

    /** Somebody was quicker: look again. */
    record Contested() implements Claim {}
  }

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final Clock clock;
  private Optional<Lease> ours = Optional.empty();
  private String seenVersion = "";
  private long seenAt;

  /**
   * @param client one that answers or gives up within seconds
   * @param identity who claims: no two operators have the same, and one that is started again in
   *     its place has that of before
   */
  LeaseClaims(
      KubernetesClient client, String namespace, String name, String identity, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Takes the lease if it is free, renews it if it is ours.
   *
   * @throws KubernetesClientException if the API server does not answer, or refuses for another
   *     reason than that somebody was quicker
   */
  @Override
  public Claim claim() {
    try {
      return ours.isPresent() ? renew(ours.get()) : look();
    } catch (KubernetesClientException e) {
      ours = Optional.empty(); // whether it went through is seen by looking
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return new Claim.Contested();
      }
      throw e;
    }
  }

  private Claim renew(Lease lease) {
    ours = Optional.of(lease(lease).update());
    return new Claim.Held(true);
  }

  private Claim look() {
    Lease found = client.leases().inNamespace(namespace).withName(name).get();
    if (found == null) {
      ours = Optional.of(lease(null).create());
      return new Claim.Held(true);
    }
    String holder = Optional.ofNullable(found.getSpec().getHolderIdentity()).orElse("");
    Duration left = timeLeft(found);
    if (!holder.isEmpty() && !holder.equals(identity) && left.isPositive()) {
      return new Claim.Taken(holder, left);
    }
    boolean uninterrupted =
        holder.equals(identity) || (holder.isEmpty() && identity.equals(releasedBy(found)));
    ours = Optional.of(lease(found).update());
    return new Claim.Held(uninterrupted, holder.isEmpty() ? interruption(found) : Optional.empty());
  }

  /** Counted from when this version was first seen here: the holder's clock is not asked. */
  private Duration timeLeft(Lease found) {
    String version = found.getMetadata().getResourceVersion();
    if (!version.equals(seenVersion)) {
      seenVersion = version;
      seenAt = clock.nanoTime();
    }
    Duration lease =
        Optional.ofNullable(found.getSpec().getLeaseDurationSeconds())
            .map(Duration::ofSeconds)
            .orElse(LeaseElection.LEASE);
    return lease.minus(Duration.ofNanos(clock.nanoTime() - seenAt));
  }

  private static String releasedBy(Lease found) {
    return annotation(found, RELEASED_BY).orElse("");
  }

  private static Optional<String> annotation(Lease found, String key) {
    return Optional.ofNullable(found.getMetadata().getAnnotations()).map(all -> all.get(key));
  }

  private static Optional<Interruption> interruption(Lease found) {
    try {
      Optional<Instant> brokenOff = annotation(found, BROKEN_OFF).map(Instant::parse);
      return annotation(found, BEGUN_UNTIL)
          .map(Instant::parse)
          .map(since -> new Interruption(since, brokenOff));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  /** Our claim as the successor of what was found. */
  private Resource<Lease> lease(Lease found) {
    ZonedDateTime now = clock.now().atZone(ZoneOffset.UTC);
    LeaseBuilder next = found == null ? new LeaseBuilder() : new LeaseBuilder(found);
    boolean wasOurs = found != null && identity.equals(found.getSpec().getHolderIdentity());
    int transitions =
        found == null || found.getSpec().getLeaseTransitions() == null
            ? 0
            : found.getSpec().getLeaseTransitions();
    next.editOrNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .removeFromAnnotations(RELEASED_BY)
        .removeFromAnnotations(BEGUN_UNTIL)
        .removeFromAnnotations(BROKEN_OFF)
        .withManagedFields()
        .endMetadata()
        .editOrNewSpec()
        .withHolderIdentity(identity)
        .withLeaseDurationSeconds((int) LeaseElection.LEASE.toSeconds())
        .withRenewTime(now)
        .withAcquireTime(wasOurs ? found.getSpec().getAcquireTime() : now)
        .withLeaseTransitions(found == null || wasOurs ? transitions : transitions + 1)
        .endSpec();
    return client.resource(next.build());
  }

  /**
   * Gives the lease up if it is ours.
   *
   * @throws KubernetesClientException if that could not be said; then it ends by itself
   */
  @Override
  public void release(Optional<Interruption> interruption) {
    if (ours.isEmpty()) {
      return;
    }
    Map<String, String> told = new HashMap<>(Map.of(RELEASED_BY, identity));
    interruption.ifPresent(left -> {
      told.put(BEGUN_UNTIL, left.since().toString());
      left.brokenOff().ifPresent(time -> told.put(BROKEN_OFF, time.toString()));
    });
    Lease free =
        new LeaseBuilder(ours.get())
            .editMetadata()
            .addToAnnotations(told)
            .endMetadata()
            .editSpec()
            .withHolderIdentity(null)
            .withRenewTime(clock.now().atZone(ZoneOffset.UTC))
            .endSpec()
            .build();
    client.resource(free).update();
    ours = Optional.empty();
  }
}
