package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.operator.NamespaceLedger.Place;
import dev.pingcheck.plan.EchoRate;
import dev.pingcheck.plan.Expiry;
import dev.pingcheck.plan.NodeSelector;
import dev.pingcheck.plan.Planner;
import dev.pingcheck.plan.Planning;
import dev.pingcheck.plan.Planning.Refused;
import dev.pingcheck.plan.policy.Limit;
import dev.pingcheck.plan.policy.NamespacePolicy;
import dev.pingcheck.report.metrics.NamespaceMetrics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Plans a check under the policy of its namespace and beside the other checks there. Whoever else
 * is concerned by a change is woken.
 *
 * <p>Thread safe.
 */
final class Governor {

  /**
   * A namespace under one policy.
   *
   * @param ledger guarded by itself
   */
  private record Domain(NamespacePolicy policy, NamespaceLedger ledger) {}

  private final PolicyBook policies;
  private final Function<String, Stream<PingCheck>> checksOf;
  private final BiConsumer<String, String> wake;
  private final NamespaceMetrics metrics;
  private final ToIntFunction<NodeSelector> nodesOf;
  private final Clock clock;
  private final Map<String, Domain> domains = new ConcurrentHashMap<>();
  private final Map<String, String> namespaceOf = new ConcurrentHashMap<>();

  /**
   * @param checksOf all checks of a namespace, from the cache
   * @param wake has a check looked at again, by namespace and name; must not block
   * @param metrics show what is used of the limits
   * @param nodesOf how many nodes bear some labels: a check pings from each of them
   * @param clock by which a check of a killed run expires
   */
  Governor(
      PolicyBook policies,
      Function<String, Stream<PingCheck>> checksOf,
      BiConsumer<String, String> wake,
      NamespaceMetrics metrics,
      ToIntFunction<NodeSelector> nodesOf,
      Clock clock) {
    this.clock = clock;
    this.metrics = metrics;
    this.nodesOf = nodesOf;
    this.policies = policies;
    this.checksOf = checksOf;
    this.wake = wake;
    policies.onChange(this::policyChanged);
  }

  /**
   * What becomes of a check; empty as long as the labels of its namespace are not known, for nobody
   * can say then what holds there. The check is woken once they are.
   */
  Optional<Planning> plan(PingCheck check) {
    String namespace = check.getMetadata().getNamespace();
    Optional<NamespacePolicy> policy = policies.of(namespace);
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    Domain domain = domain(namespace, policy.get());
    Planning planning = planning(check, domain.policy);
    NamespaceLedger.Standing standing;
    synchronized (domain.ledger) {
      enter(domain.ledger, check, planning).forEach(name -> wake.accept(namespace, name));
      standing = domain.ledger.standing(check.getMetadata().getUid());
      show(namespace, domain);
    }
    return Optional.of(
        switch (standing) {
          case FITS -> planning;
          case TOO_MANY_CHECKS -> tooManyChecks(domain.policy.limits().checks());
          case TOO_MANY_ECHOES ->
              tooManyEchoes(micros(planning), domain.policy.limits().echoesPerSecond());
        });
  }

  /** A check is deleted; what it has left goes to others. */
  void forget(String uid) {
    String namespace = namespaceOf.remove(uid);
    Domain domain = namespace == null ? null : domains.get(namespace);
    if (domain == null) {
      return;
    }
    synchronized (domain.ledger) {
      domain.ledger.remove(uid).forEach(name -> wake.accept(namespace, name));
      show(namespace, domain);
    }
  }

  /** How many entries its tables have together; of checks that are gone there is none. */
  int remembered() {
    return namespaceOf.size() + domains.size();
  }

  private void show(String namespace, Domain domain) {
    NamespaceLedger ledger = domain.ledger;
    if (ledger.size() == 0) {
      domains.remove(namespace, domain);
      metrics.forget(namespace);
      return;
    }
    metrics.show(
        namespace,
        new NamespaceMetrics.Use(
            ledger.checks(),
            domain.policy.limits().checks().value(),
            ledger.size() - ledger.checks(),
            (double) ledger.micros() / EchoRate.MICROS,
            domain.policy.limits().echoesPerSecond().value()));
  }

  private void policyChanged(String namespace) {
    checksOf
        .apply(namespace)
        .forEach(check -> wake.accept(namespace, check.getMetadata().getName()));
  }

  /** All checks of a namespace are known before the first of them is judged beside the others. */
  private Domain domain(String namespace, NamespacePolicy policy) {
    return domains.compute(
        namespace,
        (name, known) -> {
          if (known != null && known.policy == policy) {
            return known;
          }
          NamespaceLedger ledger = new NamespaceLedger(policy.limits());
          checksOf.apply(name).forEach(check -> enter(ledger, check, planning(check, policy)));
          return new Domain(policy, ledger);
        });
  }

  /** Of the check alone. */
  private Planning planning(PingCheck check, NamespacePolicy policy) {
    Optional<Refused> expired = Expiry.refusal(check, clock.now());
    return expired.isPresent() ? expired.get() : Planner.plan(check, policy);
  }

  private List<String> enter(NamespaceLedger ledger, PingCheck check, Planning planning) {
    var metadata = check.getMetadata();
    if (planning instanceof Refused) {
      return ledger.remove(metadata.getUid());
    }
    namespaceOf.put(metadata.getUid(), metadata.getNamespace());
    String created = Objects.requireNonNullElse(metadata.getCreationTimestamp(), "");
    return ledger.put(new Place(created, metadata.getName(), metadata.getUid()), micros(planning));
  }

  /** A suspended check has a place, and sends nothing. */
  private long micros(Planning planning) {
    if (!(planning instanceof Planning.Planned(var plan))) {
      return 0;
    }
    // A check of nodes that are still to come has its place.
    int sources = plan.nodes().isEmpty() ? 1 : Math.max(1, nodesOf.applyAsInt(plan.nodes()));
    return EchoRate.micros(plan) * sources;
  }

  private static Refused tooManyChecks(Limit<Integer> limit) {
    return new Refused(
        Planning.LIMIT_EXCEEDED,
        limit.setBy()
            + " grants this namespace "
            + limit.value()
            + " checks, and older ones have these places: delete one, or have a PingPolicy grant"
            + " more checks");
  }

  private static Refused tooManyEchoes(long micros, Limit<Integer> limit) {
    return new Refused(
        Planning.LIMIT_EXCEEDED,
        limit.setBy()
            + " grants all checks of this namespace together "
            + limit.value()
            + " echo requests a second, and older ones leave too little for the "
            + perSecond(micros)
            + " of this one: write a longer period or a smaller count, here or there, or have a"
            + " PingPolicy grant more echoesPerSecond");
  }

  private static String perSecond(long micros) {
    return BigDecimal.valueOf(micros, 6)
        .setScale(3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
