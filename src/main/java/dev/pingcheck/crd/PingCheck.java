package dev.pingcheck.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A host to ping, with what came of it. Namespaced. */
@Group("pingcheck.dev")
@Version("v1alpha1")
@Kind("PingCheck")
@Singular("pingcheck")
@Plural("pingchecks")
@ShortNames("ping")
@AdditionalPrinterColumn(name = "Hostname", jsonPath = ".spec.hostname", type = Type.STRING)
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.address", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Healthy",
    jsonPath = ".status.conditions[?(@.type==\"Healthy\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Healthy\")].reason",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Loss",
    jsonPath = ".status.lastRound.lossPercent",
    type = Type.INTEGER)
@AdditionalPrinterColumn(name = "RTT", jsonPath = ".status.lastRound.rtt.avg", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Last-Timeout",
    jsonPath = ".status.lastTimeoutTime",
    type = Type.DATE)
@AdditionalPrinterColumn(
    name = "Min",
    jsonPath = ".status.lastRound.rtt.min",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Max",
    jsonPath = ".status.lastRound.rtt.max",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Jitter",
    jsonPath = ".status.lastRound.rtt.jitter",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Sent",
    jsonPath = ".status.lastRound.sent",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Period",
    jsonPath = ".status.period",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class PingCheck extends CustomResource<PingCheckSpec, PingCheckStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
