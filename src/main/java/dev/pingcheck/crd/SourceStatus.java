package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;

/** What the probe of one node found, and what is remembered of it. Absent fields are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class SourceStatus {
  @JsonPropertyDescription("The node whose probe this is.")
  @Required
  private String node;

  @JsonPropertyDescription(
      "The address that it pinged; of several, the worst. Absent when it knew none.")
  private String address;

  @JsonPropertyDescription("Echo requests of its last round that are settled: received plus lost.")
  private Integer sent;

  @JsonPropertyDescription("Valid replies to them within their timeout.")
  private Integer received;

  @JsonPropertyDescription("The share that was lost in its last round, in percent.")
  private Integer lossPercent;

  @JsonPropertyDescription(
      "The average round-trip time of its last round, such as 1.234ms; absent when "
          + "nothing came back.")
  private String rtt;

  @JsonPropertyDescription(
      "Whether loss and round-trip time are within the thresholds from there; absent until that is "
          + "known, and while nothing comes from there.")
  private Boolean healthy;

  @JsonPropertyDescription(
      "Why it is not healthy, as in the Healthy condition: the gravest of its problems, "
          + "ProbeSilent or TargetForbidden.")
  private String reason;

  @JsonPropertyDescription("What is wrong from there.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 3)
  private List<String> problems = List.of();

  @JsonPropertyDescription(
      "Absent: the hostname has an address there. Else as the reason of the Resolved condition.")
  private String resolved;

  @JsonPropertyDescription(
      "Absent: replies come back. Else why not, as the reason of the Reachable condition.")
  private String reachable;

  @JsonPropertyDescription(
      "Absent: echo requests leave there when they are due. Else why not, as the reason of the "
          + "OnSchedule condition.")
  private String late;

  @JsonPropertyDescription("When its last round began.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant lastRoundTime;

  @JsonPropertyDescription("Names its last round, so that one that is told twice is known. Opaque.")
  private String round;

  @JsonPropertyDescription("Bad rounds in a row from there.")
  private Integer consecutiveFailures;

  @JsonPropertyDescription("Good rounds in a row from there.")
  private Integer consecutiveSuccesses;

  @JsonPropertyDescription("When the first of these rounds in a row began.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant streakStart;

  public String getNode() {
    return node;
  }

  public void setNode(String node) {
    this.node = node;
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public Integer getSent() {
    return sent;
  }

  public void setSent(Integer sent) {
    this.sent = sent;
  }

  public Integer getReceived() {
    return received;
  }

  public void setReceived(Integer received) {
    this.received = received;
  }

  public Integer getLossPercent() {
    return lossPercent;
  }

  public void setLossPercent(Integer lossPercent) {
    this.lossPercent = lossPercent;
  }

  public String getRtt() {
    return rtt;
  }

  public void setRtt(String rtt) {
    this.rtt = rtt;
  }

  public Boolean getHealthy() {
    return healthy;
  }

  public void setHealthy(Boolean healthy) {
    this.healthy = healthy;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public List<String> getProblems() {
    return problems;
  }

  public void setProblems(List<String> problems) {
    this.problems = problems == null ? List.of() : problems;
  }

  public String getResolved() {
    return resolved;
  }

  public void setResolved(String resolved) {
    this.resolved = resolved;
  }

  public String getReachable() {
    return reachable;
  }

  public void setReachable(String reachable) {
    this.reachable = reachable;
  }

  public String getLate() {
    return late;
  }

  public void setLate(String late) {
    this.late = late;
  }

  public Instant getLastRoundTime() {
    return lastRoundTime;
  }

  public void setLastRoundTime(Instant lastRoundTime) {
    this.lastRoundTime = lastRoundTime;
  }

  public String getRound() {
    return round;
  }

  public void setRound(String round) {
    this.round = round;
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
}
