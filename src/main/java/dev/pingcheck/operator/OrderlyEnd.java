package dev.pingcheck.operator;

import dev.pingcheck.link.LinkServer;
import dev.pingcheck.operator.trust.FleetDoor;
import dev.pingcheck.plan.Interruption;
import io.javaoperatorsdk.operator.Operator;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the operator while all its parts still stand: the probe in its pod, if that ends too, tells
 * of the rounds that it has begun; then there are no more reports, then no more turns, then another
 * may lead.
 */
@Singleton
class OrderlyEnd {
  /** Both are told to end at once, but their signals come as the machine finds time. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(1);

  /** Longer than a probe takes; a kubelet grants half a minute in all. */
  private static final Duration TO_END = Duration.ofSeconds(14);

  private final PagePlace page;
  private final FleetDoor door;
  private final LinkServer link;
  private final Operator operator;
  private final LeaseElection election;
  private final PolicyWatch policies;
  private final NodeWatch nodes;
  private final WakeQueue wakes;
  private final Leadership leadership;
  private final AtomicBoolean begun = new AtomicBoolean();

  OrderlyEnd(
      PagePlace page,
      FleetDoor door,
      LinkServer link,
      Operator operator,
      LeaseElection election,
      PolicyWatch policies,
      NodeWatch nodes,
      WakeQueue wakes,
      Leadership leadership) {
    this.page = page;
    this.door = door;
    this.link = link;
    this.operator = operator;
    this.election = election;
    this.policies = policies;
    this.nodes = nodes;
    this.wakes = wakes;
    this.leadership = leadership;
  }

  /** To be called before Quarkus begins to shut down; a second time does nothing. */
  void end() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    Optional<Interruption> left = awaitProbe();
    page.close();
    door.close();
    link.close();
    wakes.close();
    operator.stop();
    policies.close();
    nodes.close();
    election.close(left);
  }

  private Optional<Interruption> awaitProbe() {
    if (leadership.role() != Leadership.Role.LEADER) {
      return Optional.empty(); // its probe rests
    }
    try {
      return link.awaitFarewell(TO_BEGIN, TO_END);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
