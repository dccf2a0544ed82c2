package dev.pingcheck.plan.policy;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.crd.PingPolicySpec;
import dev.pingcheck.crd.PolicyLimits;
import dev.pingcheck.crd.PolicyRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One PingPolicy as it is meant. What it does not say is absent.
 *
 * @param name of the PingPolicy
 * @param namespaces whom it governs
 * @param allow the networks that it allows; empty if it says nothing of it
 * @param deny the networks that it denies
 * @param limits the bounds that it sets
 * @param fault the sentence for what cannot be understood, starting with the field; whoever is
 *     governed by such a policy can be allowed nothing
 */
public record PolicyTerms(
    String name,
    LabelMatch namespaces,
    Optional<Networks> allow,
    Networks deny,
    PolicyLimits limits,
    Optional<String> fault) {

  /**
   * Reads a policy, which may be older or newer than this program.
   *
   * @param policy as the API server gave it
   */
  public static PolicyTerms read(PingPolicy policy) {
    PingPolicySpec spec = Objects.requireNonNullElseGet(policy.getSpec(), PingPolicySpec::new);
    PolicyLimits limits = Objects.requireNonNullElseGet(spec.getLimits(), PolicyLimits::new);
    List<String> faults = new ArrayList<>();
    LabelMatch namespaces = LabelMatch.of(spec.getNamespaceSelector());
    namespaces.fault().ifPresent(faults::add);
    Optional<Networks> allow =
        Optional.ofNullable(spec.getAllow()).map(all -> networks("allow", all, faults));
    Networks deny = networks("deny", Objects.requireNonNullElse(spec.getDeny(), List.of()), faults);
    checkDuration("shortestInterval", limits.getShortestInterval(), faults);
    checkDuration("shortestPeriod", limits.getShortestPeriod(), faults);
    return new PolicyTerms(
        policy.getMetadata().getName(),
        namespaces,
        allow,
        deny,
        limits,
        faults.stream().findFirst());
  }

  private static Networks networks(String field, List<String> texts, List<String> faults) {
    List<Network> networks = new ArrayList<>();
    for (String text : texts) {
      switch (Network.read(Objects.requireNonNullElse(text, ""))) {
        case Network.Reading.Read(Network network) -> networks.add(network);
        case Network.Reading.Refused(String sentence) ->
            faults.add("spec." + field + ": " + sentence);
      }
    }
    return Networks.of(networks);
  }

  private static void checkDuration(String field, String text, List<String> faults) {
    if (text != null && Durations.parse(text).isEmpty()) {
      faults.add("spec.limits." + field + ": " + PolicyRules.DURATION_SENTENCE);
    }
  }

  /** The policy as a sentence names it. */
  String label() {
    return "PingPolicy " + name;
  }

  /** Whether it governs a namespace of these labels. */
  public boolean governs(Map<String, String> labels) {
    return namespaces.matches(labels);
  }

  Optional<Integer> checks() {
    return Optional.ofNullable(limits.getChecks());
  }

  Optional<Integer> echoesPerSecond() {
    return Optional.ofNullable(limits.getEchoesPerSecond());
  }

  Optional<Integer> count() {
    return Optional.ofNullable(limits.getCount());
  }

  Optional<Integer> payloadSize() {
    return Optional.ofNullable(limits.getPayloadSize());
  }

  Optional<Boolean> capture() {
    return Optional.ofNullable(limits.getCapture());
  }

  Optional<Duration> shortestInterval() {
    return Optional.ofNullable(limits.getShortestInterval()).flatMap(Durations::parse);
  }

  Optional<Duration> shortestPeriod() {
    return Optional.ofNullable(limits.getShortestPeriod()).flatMap(Durations::parse);
  }
}
