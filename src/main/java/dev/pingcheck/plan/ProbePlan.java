package dev.pingcheck.plan;

import dev.pingcheck.plan.policy.AddressRules;
import java.time.Duration;

/**
 * All that a probe has to know of one check. Two equal plans ask for the same packets.
 *
 * @param check which check it is
 * @param hostname a DNS name or an IPv4 or IPv6 literal without brackets, never blank
 * @param families which addresses of the name count
 * @param addresses how many of them are pinged
 * @param timing when echo requests are sent and given up
 * @param packet what each of them looks like
 * @param rules which addresses may be pinged, to be asked at each resolution
 * @param nodes whose probes ping it; the probes themselves are not told
 * @param capture whether the packets of a round with losses are kept until somebody asks for them
 */
public record ProbePlan(
    CheckRef check,
    String hostname,
    IpFamilies families,
    AddressSelection addresses,
    Timing timing,
    PacketShape packet,
    AddressRules rules,
    NodeSelector nodes,
    boolean capture) {

  /** A plan under the built-in policy, for the central probes. */
  public ProbePlan(
      CheckRef check,
      String hostname,
      IpFamilies families,
      AddressSelection addresses,
      Timing timing,
      PacketShape packet) {
    this(check, hostname, families, addresses, timing, packet, AddressRules.BUILT_IN);
  }

  /** A plan for the central probes. */
  public ProbePlan(
      CheckRef check,
      String hostname,
      IpFamilies families,
      AddressSelection addresses,
      Timing timing,
      PacketShape packet,
      AddressRules rules) {
    this(check, hostname, families, addresses, timing, packet, rules, NodeSelector.NONE, false);
  }

  /** The same plan under other rules. */
  public ProbePlan withRules(AddressRules other) {
    return new ProbePlan(
        check, hostname, families, addresses, timing, packet, other, nodes, capture);
  }

  /** The same plan for the probes of other nodes. */
  public ProbePlan withNodes(NodeSelector others) {
    return new ProbePlan(
        check, hostname, families, addresses, timing, packet, rules, others, capture);
  }

  /** The same plan, with or without its packets kept. */
  public ProbePlan withCapture(boolean kept) {
    return new ProbePlan(check, hostname, families, addresses, timing, packet, rules, nodes, kept);
  }

  /**
   * Whether another plan of the same check asks for the very same packets at the same times, so
   * that what is under way may go on; only the generation of the spec may differ.
   */
  public boolean asksTheSameAs(ProbePlan other) {
    return equals(other.withGeneration(check.generation()));
  }

  /** The same plan, made from another generation of the spec. */
  public ProbePlan withGeneration(long generation) {
    CheckRef renewed = new CheckRef(check.uid(), check.namespace(), check.name(), generation);
    return new ProbePlan(
        renewed, hostname, families, addresses, timing, packet, rules, nodes, capture);
  }

  /**
   * Which check a plan is for.
   *
   * @param uid the PingCheck's UID: what identifies it everywhere, also for its phase
   * @param namespace its namespace
   * @param name its name
   * @param generation the generation of the spec that the plan was made from
   */
  public record CheckRef(String uid, String namespace, String name, long generation) {}

  /** The address families that a check asks for. */
  public enum IpFamilies {
    /** The first family that the name has, IPv6 and IPv4 in the order of RFC 6724. */
    ANY,
    IPV4,
    IPV6,
    /** Both, judged apart. */
    DUAL_STACK
  }

  /** What to do with a name of several addresses. */
  public enum AddressSelection {
    FIRST,
    ALL
  }

  /**
   * The times of a round, all positive.
   *
   * @param count echo requests a round and address, at least 1
   * @param interval from one echo request to the next
   * @param period from one round's start to the next, at least {@code interval x (count - 1)}
   * @param timeout how long each echo request waits for its own reply
   */
  public record Timing(int count, Duration interval, Duration period, Duration timeout) {}

  /**
   * The shape of an echo request.
   *
   * @param payloadSize octets behind the ICMP header, 16 to 65507
   * @param ttl IPv4 time to live or IPv6 hop limit, 1 to 255
   * @param dscp differentiated services code point, 0 to 63 (RFC 2474)
   * @param dontFragment whether the DF bit is set (RFC 1191); IPv6 routers never fragment
   */
  public record PacketShape(int payloadSize, int ttl, int dscp, boolean dontFragment) {}
}
