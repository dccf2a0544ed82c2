package dev.pingcheck.cli.kubectl;

import java.util.Map;
import java.util.Optional;

/**
 * What each reason of a condition means, and what to do: the table of docs/conditions-and-events.md
 * in sentences.
 */
final class ReasonWords {

  /**
   * What a reason means.
   *
   * @param meaning one sentence
   * @param next what to do; empty: nothing
   */
  record Words(String meaning, String next) {}

  private static final String NOTHING = "";

  private static final String ON_THE_WAY =
      "Find the router that answers, which a traceroute from the probe's node names.";

  private static final Map<String, Words> WORDS =
      Map.ofEntries(
          // Accepted
          entry("Accepted", "The spec is being carried out.", NOTHING),
          entry(
              "InvalidSpec",
              "The spec breaks a rule, so nothing is sent.",
              "Change the spec as the message of Accepted says."),
          entry(
              "LimitExceeded",
              "The check, or its namespace with it, asks for more than a policy grants, so nothing"
                  + " is sent.",
              "Ask for less, as the message of Accepted says, or have a PingPolicy grant more."),
          entry(
              "InvalidPolicy",
              "A policy of the namespace cannot be understood, so nothing is sent from it.",
              "Have the field of the PingPolicy mended that the message of Accepted names."),
          entry(
              "Expired",
              "The kubectl pingcheck run that made the check is gone, so nothing is sent.",
              "Delete the check."),
          // Resolved
          entry("AddressLiteral", "The hostname is an address and needs no DNS.", NOTHING),
          entry("Resolved", "The hostname has an address.", NOTHING),
          entry(
              "StaleAddress",
              "DNS fails; the last known address is pinged until it answers again.",
              "Look at the DNS server that the message of Resolved names (docs/resolution.md)."),
          entry(
              "ResolutionFailed",
              "The hostname has no address, so there is nothing to ping.",
              "Check the spelling of spec.hostname, then ask the probe's DNS server for it"
                  + " (docs/resolution.md)."),
          // Reachable
          entry("ReplyReceived", "The last round had a reply.", NOTHING),
          entry(
              "Timeout",
              "Nothing came back in time, and nobody said why.",
              "Is the host up, and does a firewall drop echo requests or replies on the way?"),
          entry(
              "HostUnreachable",
              "A router on the way says that it cannot reach the host.",
              "Is the host up and in the network that its address says? " + ON_THE_WAY),
          entry("NetUnreachable", "A router on the way has no route to the network.", ON_THE_WAY),
          entry(
              "PortUnreachable",
              "Somebody answers echo requests with \"port unreachable\", as a firewall's reject"
                  + " rule does.",
              "Look for a rule that rejects ICMP at the host or before it."),
          entry(
              "ProtocolUnreachable",
              "The host says that it does not speak ICMP echo.",
              "Look for a rule that rejects ICMP at the host or before it."),
          entry(
              "AdminProhibited",
              "A router or firewall says that echo requests are forbidden.",
              "Have it let ICMP echo through from the probe's node to the host."),
          entry(
              "DestinationUnreachable",
              "Somebody on the way says that the host cannot be reached.",
              ON_THE_WAY),
          entry(
              "TimeExceeded",
              "The requests die on the way: it is longer than spec.ttl, or goes in a circle.",
              "Raise spec.ttl if it is low; else look for a routing loop with traceroute."),
          entry(
              "PacketTooBig",
              "The requests are too big for the way, and may not be fragmented.",
              "Lower spec.payloadSize, or unset spec.dontFragment."),
          entry(
              "ParameterProblem",
              "Somebody on the way finds a fault in the packets' headers.",
              "Unset spec.dscp if it is set; else ask who runs the router that says so."),
          entry(
              "NoRoute",
              "The probe's node has no route to the address, so the requests never left it.",
              "Look at the routes of the probe's node or pod network."),
          entry(
              "NoBuffer",
              "The probe's kernel had no room for the requests, so they never left it.",
              "Look at the load of the probe's network interface; ask for less by longer"
                  + " intervals."),
          entry(
              "NotPermitted",
              "The probe's node forbids the requests, so they never left it.",
              "Look at the firewall rules and network policies of the probe's node."),
          entry(
              "SendFailed",
              "The requests could not be sent.",
              "Look at the probe's log, and at the network interface of its node."),
          entry(
              "Unresolved",
              "There was no address to ping.",
              "See to it that spec.hostname resolves (docs/resolution.md)."),
          // Healthy
          entry("WithinThresholds", "All is well.", NOTHING),
          entry(
              "SomeProbesSilent",
              "All is well from the nodes that report; others are silent.",
              "Look at the probes on the nodes that the message of Healthy names."),
          entry(
              "LossThresholdExceeded",
              "Too many echo requests are lost.",
              "A few percent: look for a full or faulty link on the way. All: see Reachable."),
          entry(
              "RttThresholdExceeded",
              "Replies take too long.",
              "A high minimum is another or a longer way, a high maximum alone is a queue on it."),
          // OnSchedule
          entry("OnTime", "Echo requests leave when they are due.", NOTHING),
          entry(
              "ProbeBudgetExceeded",
              "All checks together ask for more than the probe may send, so requests leave late.",
              "Raise the probe's --packets-per-second, or ask for less."),
          entry(
              "AddressBudgetExceeded",
              "All checks of this address together ask for more than it may get, so requests leave"
                  + " late.",
              "Lengthen their interval or period, or raise --packets-per-second-per-address."),
          entry(
              "RoundsSkipped",
              "The probe stood still when rounds were due.",
              "Give the probe more processor time, or look at what stops its machine."),
          // Unknown, and of several conditions
          entry(
              "Pending",
              "No round has ended yet, or a bad one is not yet enough.",
              "Wait for the next rounds."),
          entry(
              "Suspended",
              "The check is suspended by its spec; nothing is sent.",
              "Set spec.suspend to false to go on."),
          entry(
              "NotAccepted", "Nothing is measured, as the spec is not accepted.", "See Accepted."),
          entry(
              "TargetForbidden",
              "A policy forbids the address, so nothing is sent and nothing is known of the host.",
              "Write a host that may be pinged, or have a PingPolicy allow it; if nobody changed"
                  + " anything, ask why the name leads there."),
          entry(
              "ProbeSilent",
              "No probe has reported a round for too long; nothing is known of the host.",
              "Look at the probe and its log: kubectl -n pingcheck-system get pods."),
          entry(
              "NoProbe",
              "spec.from.nodeSelector names nodes on which there is no probe.",
              "Label nodes as it says, or install the fleet's probes there (docs/fleet.md)."));

  private ReasonWords() {}

  /** The words for a reason; empty for one that this version does not know. */
  static Optional<Words> of(String reason) {
    return Optional.ofNullable(WORDS.get(reason));
  }

  private static Map.Entry<String, Words> entry(String reason, String meaning, String next) {
    return Map.entry(reason, new Words(meaning, next));
  }
}
