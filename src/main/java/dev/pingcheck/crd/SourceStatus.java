package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** What one probe found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class SourceStatus {
  @JsonPropertyDescription(
      "The node that the probe runs on; absent for the probe beside the operator.")
  private String node;

  @JsonPropertyDescription("The address that the probe pinged.")
  private String address;

  @JsonPropertyDescription("The share that was lost in its last round, in percent.")
  private Integer lossPercent;

  @JsonPropertyDescription(
      "The average round-trip time of its last round, such as 1.234ms; absent when "
          + "nothing came back.")
  private String rtt;

  @JsonPropertyDescription("Whether loss and round-trip time are within the thresholds from there.")
  private Boolean healthy;

  @JsonPropertyDescription("Why, as in the Healthy condition.")
  private String reason;

  @JsonPropertyDescription("When its last round began.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant lastRoundTime;

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

  public Instant getLastRoundTime() {
    return lastRoundTime;
  }

  public void setLastRoundTime(Instant lastRoundTime) {
    this.lastRoundTime = lastRoundTime;
  }
}
