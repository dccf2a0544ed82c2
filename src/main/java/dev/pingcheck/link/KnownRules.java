package dev.pingcheck.link;

import dev.pingcheck.plan.policy.AddressRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that the operator has told over one stream, by their numbers.
 *
 * <p>Belongs to the link's thread.
 */
final class KnownRules {
  private final Map<Integer, AddressRules> byNumber = new HashMap<>();

  /** Learns rules; what cannot be understood leaves its number without a meaning. */
  void learn(dev.pingcheck.link.proto.AddressRules message) {
    Optional<AddressRules> rules = RulesMessages.decode(message);
    if (rules.isPresent()) {
      byNumber.put(message.getNumber(), rules.get());
    } else {
      byNumber.remove(message.getNumber());
    }
  }

  /** What a number means; empty if nobody has said it, and then its plans must not be followed. */
  Optional<AddressRules> find(int number) {
    return number == SentRules.BUILT_IN
        ? Optional.of(AddressRules.BUILT_IN)
        : Optional.ofNullable(byNumber.get(number));
  }
}
