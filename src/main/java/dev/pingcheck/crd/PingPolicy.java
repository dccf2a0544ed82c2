package dev.pingcheck.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** What the checks of some namespaces may ping, and how much. Cluster-scoped. */
@Group("pingcheck.dev")
@Version("v1alpha1")
@Kind("PingPolicy")
@Singular("pingpolicy")
@Plural("pingpolicies")
@ShortNames("pingpol")
@AdditionalPrinterColumn(name = "Allow", jsonPath = ".spec.allow", type = Type.STRING)
@AdditionalPrinterColumn(name = "Deny", jsonPath = ".spec.deny", type = Type.STRING)
@AdditionalPrinterColumn(name = "Checks", jsonPath = ".spec.limits.checks", type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Echoes",
    jsonPath = ".spec.limits.echoesPerSecond",
    type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Count",
    jsonPath = ".spec.limits.count",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Payload",
    jsonPath = ".spec.limits.payloadSize",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Interval",
    jsonPath = ".spec.limits.shortestInterval",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Period",
    jsonPath = ".spec.limits.shortestPeriod",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class PingPolicy extends CustomResource<PingPolicySpec, Void> {
  private static final long serialVersionUID = 1L;
}
