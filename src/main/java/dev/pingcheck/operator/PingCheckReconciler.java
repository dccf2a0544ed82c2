package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.trace.Span;
import dev.pingcheck.trace.Tracer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/**
 * Gives a check its turn when its spec changes, when a report of it has come, when it is deleted,
 * when a policy or another check concerns it and when it has been silent for long. Everything else
 * is the {@link CheckKeeper}'s.
 *
 * <p>There is no finalizer that could hang a deletion: all events come here, deletions too.
 */
@ControllerConfiguration(
    name = "pingcheck",
    informer =
        @Informer(
            comparableResourceVersions = false,
            itemStore = CheckStore.class,
            // Ten thousand checks in one answer would be most of the memory, for one moment.
            informerListLimit = 500L))
@GradualRetry(
    maxAttempts = Integer.MAX_VALUE,
    initialInterval = 500,
    intervalMultiplier = 2,
    maxInterval = 15_000)
public class PingCheckReconciler implements Reconciler<PingCheck> {
  private static final int TOO_MANY_REQUESTS = 429;

  private final CheckKeeper keeper;
  private final ReportSource reports;
  private final CheckCache cache;
  private final Patience patience;
  private final Tracer tracer;

  PingCheckReconciler(
      CheckKeeper keeper,
      ReportSource reports,
      CheckCache cache,
      Patience patience,
      Tracer tracer) {
    this.tracer = tracer;
    this.keeper = keeper;
    this.reports = reports;
    this.cache = cache;
    this.patience = patience;
  }

  @Override
  public List<EventSource<?, PingCheck>> prepareEventSources(EventSourceContext<PingCheck> all) {
    cache.open(all.getPrimaryCache());
    return List.of(reports);
  }

  @Override
  public UpdateControl<PingCheck> reconcile(PingCheck check, Context<PingCheck> context) {
    cache.filled();
    UpdateControl<PingCheck> done = UpdateControl.noUpdate();
    try (Span turn = Traced.turn(tracer, check)) {
      Traced.failing(turn, () -> keeper.keep(check)).ifPresent(done::rescheduleAfter);
    } catch (KubernetesClientException e) {
      if (e.getCode() != TOO_MANY_REQUESTS) {
        throw e;
      }
      done.rescheduleAfter(patience.forOne());
    }
    return done;
  }
}
