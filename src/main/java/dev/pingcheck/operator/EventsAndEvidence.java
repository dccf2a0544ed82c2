package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.evidence.EvidenceDesk;
import dev.pingcheck.report.EventTeller;
import dev.pingcheck.report.events.EventWriter;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * Says an event, and has the file fetched that it names. Whoever says it again after a restart
 * wants the file again too: so a file is missed no more easily than an event.
 */
record EventsAndEvidence(EventWriter events, EvidenceDesk evidence)
    implements EventTeller.EventSink {

  @Override
  public void say(PingCheck check, UnconfirmedEvent crossing) {
    // The packets do not wait for the API server: the probe keeps them for a while alone.
    if (crossing.getEvidence() != null) {
      ObjectMeta of = check.getMetadata();
      evidence.want(of.getNamespace(), of.getName(), of.getUid(), crossing.getEvidence());
    }
    events.say(check, crossing);
  }
}
