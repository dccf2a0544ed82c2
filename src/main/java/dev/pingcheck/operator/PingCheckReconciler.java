package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives a check its turn when its spec changes, when a report of it has come, when it is deleted
 * and when it has been silent for long. Everything else is the {@link CheckKeeper}'s.
 *
 * <p>There is no finalizer that could hang a deletion: all events come here, deletions too.
 */
@ControllerConfiguration(
    name = "pingcheck",
    informer = @Informer(comparableResourceVersions = false))
@GradualRetry(
    maxAttempts = Integer.MAX_VALUE,
    initialInterval = 500,
    intervalMultiplier = 2,
    maxInterval = 15_000)
public class PingCheckReconciler implements Reconciler<PingCheck> {
  private final CheckKeeper keeper;
  private final ReportSource reports;
  private EventSourceContext<PingCheck> sources;

  PingCheckReconciler(CheckKeeper keeper, ReportSource reports) {
    this.keeper = keeper;
    this.reports = reports;
  }

  @Override
  public List<EventSource<?, PingCheck>> prepareEventSources(EventSourceContext<PingCheck> all) {
    sources = all;
    return List.of(reports);
  }

  @Override
  public UpdateControl<PingCheck> reconcile(PingCheck check, Context<PingCheck> context) {
    UpdateControl<PingCheck> done = UpdateControl.noUpdate();
    keeper.keep(check).ifPresent(done::rescheduleAfter);
    return done;
  }

  /** All checks that the cache holds once the operator has started. */
  Stream<PingCheck> checks() {
    return sources.getPrimaryCache().list();
  }
}
