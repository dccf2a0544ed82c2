package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the operator last wrote about a check. Absent fields are null, absent lists empty. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PingCheckStatus {
  @JsonPropertyDescription("The generation of the spec that this status is about.")
  private Long observedGeneration;

  @JsonPropertyDescription("The period in force, with the default where the spec has none.")
  private String period;

  @JsonPropertyDescription(
      "Accepted: the spec can be followed; Resolved: the name has an address; Reachable: "
          + "replies come back; Healthy: loss and round-trip time are within the thresholds. "
          + "Unknown until the first round.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = new ArrayList<>();

  @JsonPropertyDescription("The address that was pinged; of several, the worst.")
  private String address;

  @JsonPropertyDescription("The figures of each address, where several are pinged.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<AddressStatus> addresses = new ArrayList<>();

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

  @JsonPropertyDescription("The last five times of being unhealthy, the newest first.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Outage> outages = new ArrayList<>();

  @JsonPropertyDescription("The figures of each probe that pings the host, the worst first.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<SourceStatus> sources = new ArrayList<>();

  @JsonPropertyDescription(
      "Crossings that this status tells already and whose event may not have been written "
          + "yet. After a restart they are said again under the same name, so that an event is "
          + "neither lost nor doubled.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<UnconfirmedEvent> unconfirmedEvents = new ArrayList<>();

  public Long getObservedGeneration() {
    return observedGeneration;
  }

  public void setObservedGeneration(Long observedGeneration) {
    this.observedGeneration = observedGeneration;
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
    this.conditions = conditions == null ? new ArrayList<>() : conditions;
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
    this.addresses = addresses == null ? new ArrayList<>() : addresses;
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

  public List<Outage> getOutages() {
    return outages;
  }

  public void setOutages(List<Outage> outages) {
    this.outages = outages == null ? new ArrayList<>() : outages;
  }

  public List<SourceStatus> getSources() {
    return sources;
  }

  public void setSources(List<SourceStatus> sources) {
    this.sources = sources == null ? new ArrayList<>() : sources;
  }

  public List<UnconfirmedEvent> getUnconfirmedEvents() {
    return unconfirmedEvents;
  }

  public void setUnconfirmedEvents(List<UnconfirmedEvent> unconfirmedEvents) {
    this.unconfirmedEvents = unconfirmedEvents == null ? new ArrayList<>() : unconfirmedEvents;
  }
}
