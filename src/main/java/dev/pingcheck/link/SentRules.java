package dev.pingcheck.link;

import dev.pingcheck.plan.policy.AddressRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that a probe was told over one stream, and the numbers that stand for them: many plans
 * share the same. The oldest number is given anew when all are in use; plans that were sent keep
 * what it meant then.
 *
 * <p>Belongs to the link's thread.
 */
final class SentRules {
  /** Numbers in use at a time. */
  static final int MOST = 1024;

  /** The number of the built-in rules, which are never sent. */
  static final int BUILT_IN = 0;

  private final Map<AddressRules, Integer> numbers = new HashMap<>();
  private final AddressRules[] byNumber = new AddressRules[MOST + 1];
  private int last;

  /**
   * What a plan says instead of its rules.
   *
   * @param number of the rules
   * @param news the rules themselves, if the probe does not know the number yet
   */
  record Numbered(int number, Optional<dev.pingcheck.link.proto.AddressRules> news) {}

  Numbered number(AddressRules rules) {
    if (rules.equals(AddressRules.BUILT_IN)) {
      return new Numbered(BUILT_IN, Optional.empty());
    }
    Integer known = numbers.get(rules);
    if (known != null) {
      return new Numbered(known, Optional.empty());
    }
    last = last % MOST + 1;
    if (byNumber[last] != null) {
      numbers.remove(byNumber[last]);
    }
    byNumber[last] = rules;
    numbers.put(rules, last);
    return new Numbered(last, Optional.of(RulesMessages.encode(last, rules)));
  }
}
