package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the operator last wrote about a check. Absent fields are null, absent lists empty. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PingCheckStatus {
  @JsonPropertyDescription("The generation of the spec that this status is about.")
  private Long observedGeneration;

  @JsonPropertyDescription(
      "What all below is about: the spec's hostname, ipFamily and addresses. When one of them "
          + "changes, the check starts anew.")
  private String target;

  @JsonPropertyDescription("The period in force, with the default where the spec has none.")
  private String period;

  @JsonPropertyDescription(
      "Accepted: the spec can be followed; Resolved: the name has an address; Reachable: "
          + "replies come back; Healthy: loss and round-trip time are within the thresholds. "
          + "Unknown until the first round.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = List.of();

  @JsonPropertyDescription("The address that was pinged; of several, the worst.")
  private String address;

  @JsonPropertyDescription(
      "The figures of each address, where several are pinged: the worst first, at most sixteen.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 16)
  private List<AddressStatus> addresses = List.of();

  @JsonPropertyDescription("How many addresses are pinged, where it is more than one.")
  private Integer addressCount;

  @JsonPropertyDescription(
      "The addresses that were last pinged, also while the name has none: others than these are "
          + "an AddressChanged.")
  private PingedAddresses pinged;

  @JsonPropertyDescription(
      "The last round that was written down. Figures alone are written at a bounded rate: "
          + "startTime says how old they are.")
  private RoundStatus lastRound;

  @JsonPropertyDescription("When an echo request was last given up without a reply.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant lastTimeoutTime;

  @JsonPropertyDescription("When the last valid reply arrived.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant lastReplyTime;

  @JsonPropertyDescription("Failed rounds in a row up to now; 0 after a good one.")
  private Integer consecutiveFailures;

  @JsonPropertyDescription("Good rounds in a row up to now; 0 after a failed one.")
  private Integer consecutiveSuccesses;

  @JsonPropertyDescription(
      "When the first of these rounds in a row began: an outage starts and ends with such a time.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant streakStart;

  @JsonPropertyDescription("The last five times of being unhealthy, the newest first.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 5)
  private List<Outage> outages = List.of();

  @JsonPropertyDescription(
      "When each problem last came and went: by these times a check is flapping or not.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 4)
  private List<RecentTurns> turns = List.of();

  @JsonPropertyDescription(
      "What the probe of each node found, where spec.from names nodes: the worst first, at most "
          + "sixteen. The figures on top are those of the worst.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 16)
  private List<SourceStatus> sources = List.of();

  @JsonPropertyDescription("From how many nodes the host is pinged, where spec.from names nodes.")
  private Integer sourceCount;

  @JsonPropertyDescription(
      "Crossings that this status tells already and whose event may not have been written "
          + "yet. After a restart they are said again under the same name, so that an event is "
          + "neither lost nor doubled. At most twenty: the first may stand for all before it.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 20)
  private List<UnconfirmedEvent> unconfirmedEvents = List.of();

  public Long getObservedGeneration() {
    return observedGeneration;
  }

  public void setObservedGeneration(Long observedGeneration) {
    this.observedGeneration = observedGeneration;
  }

  public String getTarget() {
    return target;
  }

  public void setTarget(String target) {
    this.target = target;
  }

  public String getPeriod() {
    return period;
  }

  public void setPeriod(String period) {
    this.period = period;
  }

  public List<Condition> getConditions() {
    return conditions;
  }

  public void setConditions(List<Condition> conditions) {
    this.conditions = conditions == null ? List.of() : conditions;
  }

  /** The condition of this type, if it is there. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public List<AddressStatus> getAddresses() {
    return addresses;
  }

  public void setAddresses(List<AddressStatus> addresses) {
    this.addresses = addresses == null ? List.of() : addresses;
  }

  public Integer getAddressCount() {
    return addressCount;
  }

  public void setAddressCount(Integer addressCount) {
    this.addressCount = addressCount;
  }

  public PingedAddresses getPinged() {
    return pinged;
  }

  public void setPinged(PingedAddresses pinged) {
    this.pinged = pinged;
  }

  public RoundStatus getLastRound() {
    return lastRound;
  }

  public void setLastRound(RoundStatus lastRound) {
    this.lastRound = lastRound;
  }

  public Instant getLastTimeoutTime() {
    return lastTimeoutTime;
  }

  public void setLastTimeoutTime(Instant lastTimeoutTime) {
    this.lastTimeoutTime = lastTimeoutTime;
  }

  public Instant getLastReplyTime() {
    return lastReplyTime;
  }

  public void setLastReplyTime(Instant lastReplyTime) {
    this.lastReplyTime = lastReplyTime;
  }

  public Integer getConsecutiveFailures() {
    return consecutiveFailures;
  }

  public void setConsecutiveFailures(Integer consecutiveFailures) {
    this.consecutiveFailures = consecutiveFailures;
  }

  public Integer getConsecutiveSuccesses() {
    return consecutiveSuccesses;
  }

  public void setConsecutiveSuccesses(Integer consecutiveSuccesses) {
    this.consecutiveSuccesses = consecutiveSuccesses;
  }

  public Instant getStreakStart() {
    return streakStart;
  }

  public void setStreakStart(Instant streakStart) {
    this.streakStart = streakStart;
  }

  public List<Outage> getOutages() {
    return outages;
  }

  public void setOutages(List<Outage> outages) {
    this.outages = outages == null ? List.of() : outages;
  }

  public List<RecentTurns> getTurns() {
    return turns;
  }

  public void setTurns(List<RecentTurns> turns) {
    this.turns = turns == null ? List.of() : turns;
  }

  public List<SourceStatus> getSources() {
    return sources;
  }

  public void setSources(List<SourceStatus> sources) {
    this.sources = sources == null ? List.of() : sources;
  }

  public Integer getSourceCount() {
    return sourceCount;
  }

  public void setSourceCount(Integer sourceCount) {
    this.sourceCount = sourceCount;
  }

  public List<UnconfirmedEvent> getUnconfirmedEvents() {
    return unconfirmedEvents;
  }

  public void setUnconfirmedEvents(List<UnconfirmedEvent> unconfirmedEvents) {
    this.unconfirmedEvents = unconfirmedEvents == null ? List.of() : unconfirmedEvents;
  }
}
