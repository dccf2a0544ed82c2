package dev.pingcheck.link;

import dev.pingcheck.link.proto.Plan;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.AddressRules;
import java.time.Duration;
import java.util.Optional;

/** Plans as messages and back. */
final class PlanMessages {
  private PlanMessages() {}

  /**
   * @param sent what the stream has told of rules before; it tells the plan's own from now on
   */
  static Plan encode(ProbePlan plan, SentRules sent) {
    SentRules.Numbered rules = sent.number(plan.rules());
    Plan.Builder message = encode(plan).setRules(rules.number());
    rules.news().ifPresent(message::setNewRules);
    return message.build();
  }

  private static Plan.Builder encode(ProbePlan plan) {
    return Plan.newBuilder()
        .setUid(plan.check().uid())
        .setNamespace(plan.check().namespace())
        .setName(plan.check().name())
        .setGeneration(plan.check().generation())
        .setHostname(plan.hostname())
        .setFamilies(encode(plan.families()))
        .setAllAddresses(plan.addresses() == AddressSelection.ALL)
        .setCount(plan.timing().count())
        .setInterval(Times.encode(plan.timing().interval()))
        .setPeriod(Times.encode(plan.timing().period()))
        .setTimeout(Times.encode(plan.timing().timeout()))
        .setPayloadSize(plan.packet().payloadSize())
        .setTtl(plan.packet().ttl())
        .setDscp(plan.packet().dscp())
        .setDontFragment(plan.packet().dontFragment())
        .setCapture(plan.capture());
  }

  /**
   * The plan, unless a value is missing, out of range or newer than this program, or its rules are
   * not known.
   *
   * @param known what the stream has told of rules before; it learns those of this message
   */
  static Optional<ProbePlan> decode(Plan message, KnownRules known) {
    if (message.hasNewRules()) {
      known.learn(message.getNewRules());
    }
    Optional<IpFamilies> families = decode(message.getFamilies());
    Optional<AddressRules> rules = known.find(message.getRules());
    if (families.isEmpty()
        || rules.isEmpty()
        || message.getUid().isEmpty()
        || message.getHostname().isBlank()) {
      return Optional.empty();
    }
    try {
      return timing(message)
          .flatMap(timing -> packet(message).map(p -> plan(message, families.get(), timing, p)))
          .map(plan -> plan.withRules(rules.get()).withCapture(message.getCapture()));
    } catch (ArithmeticException tooLong) {
      return Optional.empty();
    }
  }

  private static ProbePlan plan(
      Plan message, IpFamilies families, Timing timing, PacketShape packet) {
    return new ProbePlan(
        new CheckRef(
            message.getUid(), message.getNamespace(), message.getName(), message.getGeneration()),
        message.getHostname(),
        families,
        message.getAllAddresses() ? AddressSelection.ALL : AddressSelection.FIRST,
        timing,
        packet);
  }

  private static Optional<Timing> timing(Plan message) {
    Timing timing =
        new Timing(
            message.getCount(),
            Times.decode(message.getInterval()),
            Times.decode(message.getPeriod()),
            Times.decode(message.getTimeout()));
    boolean positive =
        timing.count() > 0
            && timing.interval().compareTo(Duration.ZERO) > 0
            && timing.period().compareTo(Duration.ZERO) > 0
            && timing.timeout().compareTo(Duration.ZERO) > 0;
    return positive ? Optional.of(timing) : Optional.empty();
  }

  private static Optional<PacketShape> packet(Plan message) {
    boolean inRange =
        within(message.getPayloadSize(), 0, 65_507)
            && within(message.getTtl(), 1, 255)
            && within(message.getDscp(), 0, 63);
    return inRange
        ? Optional.of(
            new PacketShape(
                message.getPayloadSize(),
                message.getTtl(),
                message.getDscp(),
                message.getDontFragment()))
        : Optional.empty();
  }

  private static boolean within(int value, int least, int most) {
    return value >= least && value <= most;
  }

  private static Plan.IpFamilies encode(IpFamilies families) {
    return switch (families) {
      case ANY -> Plan.IpFamilies.IP_FAMILIES_ANY;
      case IPV4 -> Plan.IpFamilies.IP_FAMILIES_IPV4;
      case IPV6 -> Plan.IpFamilies.IP_FAMILIES_IPV6;
      case DUAL_STACK -> Plan.IpFamilies.IP_FAMILIES_DUAL_STACK;
    };
  }

  private static Optional<IpFamilies> decode(Plan.IpFamilies families) {
    return switch (families) {
      case IP_FAMILIES_ANY -> Optional.of(IpFamilies.ANY);
      case IP_FAMILIES_IPV4 -> Optional.of(IpFamilies.IPV4);
      case IP_FAMILIES_IPV6 -> Optional.of(IpFamilies.IPV6);
      case IP_FAMILIES_DUAL_STACK -> Optional.of(IpFamilies.DUAL_STACK);
      case UNRECOGNIZED -> Optional.empty();
    };
  }
}
