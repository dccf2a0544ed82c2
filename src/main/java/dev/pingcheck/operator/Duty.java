package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.operator.trust.FleetDoor;
import dev.pingcheck.plan.Interruption;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a change of the lead means here: the probe gets the plans or is told to rest, those on the
 * network are let in or sent away, and every check gets a turn, in which it is told from what is
 * stored or no longer told at all.
 */
final class Duty implements LeaseElection.Listener {
  private static final System.Logger LOG = System.getLogger(Duty.class.getName());

  private final PlanBook plans;
  private final ReportSource reports;
  private final Supplier<Stream<PingCheck>> checks;
  private final FleetDoor door;

  /**
   * @param checks all checks that the cache holds
   */
  Duty(PlanBook plans, ReportSource reports, Supplier<Stream<PingCheck>> checks, FleetDoor door) {
    this.door = door;
    this.plans = plans;
    this.reports = reports;
    this.checks = checks;
  }

  @Override
  public void leads(Optional<Interruption> interruption) {
    LOG.log(System.Logger.Level.INFO, () -> "Leading: " + plans.size() + " checks are ours.");
    plans.complete(interruption);
    door.leads();
    turnForAll();
  }

  @Override
  public void standsBy(String leader) {
    LOG.log(System.Logger.Level.INFO, () -> "Standing by: " + leader + " leads.");
    plans.withhold();
    door.standsBy();
    turnForAll();
  }

  @Override
  public void mayWriteAgain() {
    LOG.log(System.Logger.Level.INFO, "The lease is renewed: writing again.");
    turnForAll();
  }

  private void turnForAll() {
    checks
        .get()
        .map(PingCheck::getMetadata)
        .forEach((ObjectMeta of) -> reports.wake(of.getNamespace(), of.getName()));
  }
}
