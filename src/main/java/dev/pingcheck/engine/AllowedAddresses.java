package dev.pingcheck.engine;

import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.policy.Denial;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.stats.Resolution;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Those of a name's addresses that the rules of a plan allow. Asked at each resolution: a name that
 * was harmless may lead elsewhere the next time.
 */
final class AllowedAddresses {
  private static final String POLICY = "the policy of its namespace";

  /** Of the forbidden addresses so many are told. */
  private static final int MOST_TOLD = 4;

  private AllowedAddresses() {}

  /**
   * @param answer what the resolver says
   * @return the same without the forbidden addresses; if no other was there, its state is FORBIDDEN
   */
  static Answer of(ProbePlan plan, Answer answer) {
    List<InetAddress> allowed = new ArrayList<>(answer.addresses().size());
    List<Denial> denials = new ArrayList<>(0);
    for (InetAddress address : answer.addresses()) {
      Optional<Denial> denial = plan.rules().judge(address);
      denial.ifPresentOrElse(denials::add, () -> allowed.add(address));
    }
    if (denials.isEmpty()) {
      return answer;
    }
    return allowed.isEmpty()
        ? new Answer(Resolution.forbidden(sentence(plan, denials)), List.of())
        : new Answer(answer.resolution().without(told(denials)), allowed);
  }

  private static String sentence(ProbePlan plan, List<Denial> denials) {
    return plan.hostname() + " is not pinged: " + told(denials) + ".";
  }

  private static String told(List<Denial> denials) {
    String told =
        denials.stream()
            .limit(MOST_TOLD)
            .map(denial -> denial.clause(POLICY))
            .collect(Collectors.joining("; "));
    int more = denials.size() - MOST_TOLD;
    return more > 0 ? told + "; and " + more + " more" : told;
  }
}
