package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurableReconciler;
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
public class PingCheckReconciler implements ConfigurableReconciler<PingCheck> {
  private final CheckKeeper keeper;
  private final SimpleInboundEventSource<PingCheck> reports = new SimpleInboundEventSource<>();
  private EventSourceContext<PingCheck> sources;

  PingCheckReconciler(CheckKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public void updateConfigurationFrom(ControllerConfigurationOverrider<PingCheck> config) {
    config.withTriggerReconcilerOnAllEvents(true);
  }

  @Override
  public List<EventSource<?, PingCheck>> prepareEventSources(EventSourceContext<PingCheck> all) {
    sources = all;
    return List.of(reports);
  }

  @Override
  public UpdateControl<PingCheck> reconcile(PingCheck check, Context<PingCheck> context) {
    if (context.isPrimaryResourceDeleted()) {
      keeper.forget(check.getMetadata().getUid());
      return UpdateControl.noUpdate();
    }
    UpdateControl<PingCheck> done = UpdateControl.noUpdate();
    keeper.keep(check).ifPresent(done::rescheduleAfter);
    return done;
  }

  /** A report of this check waits in the inbox. */
  void wake(String namespace, String name) {
    reports.propagateEvent(new ResourceID(name, namespace));
  }

  /** All checks that the cache holds once the operator has started. */
  Stream<PingCheck> checks() {
    return sources.getPrimaryCache().list();
  }
}
