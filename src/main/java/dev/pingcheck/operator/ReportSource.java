package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;

/**
 * Tells the Java Operator SDK that a report of a check has come, and hears from it that a check was
 * deleted: there is no finalizer that could hang a deletion.
 */
@Singleton
class ReportSource extends SimpleInboundEventSource<PingCheck>
    implements ResourceEventAware<PingCheck> {
  private final CheckKeeper keeper;

  ReportSource(CheckKeeper keeper) {
    this.keeper = keeper;
  }

  /** A report of this check waits in the inbox. */
  void wake(String namespace, String name) {
    propagateEvent(new ResourceID(name, namespace));
  }

  @Override
  public void onResourceUpdated(PingCheck check, PingCheck before) {
    if (!check.getMetadata().getUid().equals(before.getMetadata().getUid())) {
      // Deleted and made anew while the watch was broken: the SDK takes that for an update.
      keeper.forget(before.getMetadata().getUid());
      wake(check.getMetadata().getNamespace(), check.getMetadata().getName());
    }
  }

  @Override
  public void onResourceDeleted(PingCheck check) {
    keeper.forget(check.getMetadata().getUid());
  }
}
