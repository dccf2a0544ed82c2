package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Map;

/** One address's figures in the last round. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class AddressStatus {
  @JsonPropertyDescription("The IPv4 or IPv6 address (RFC 5952).")
  @Required
  private String address;

  @JsonPropertyDescription("Echo requests that are settled: received plus lost.")
  private Integer sent;

  @JsonPropertyDescription("Valid replies within their timeout.")
  private Integer received;

  @JsonPropertyDescription(
      "The share that was lost, in percent: 0 only when nothing was lost, 100 only when "
          + "all was, else the nearest of 1 to 99.")
  private Integer lossPercent;

  @JsonPropertyDescription("Round-trip times of the replies; absent when there was none.")
  private RttStatus rtt;

  @JsonPropertyDescription(
      "How many echo requests were lost for which reason, such as Timeout or " + "HostUnreachable.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private Map<String, Integer> lost = Map.of();

  @JsonPropertyDescription(
      "Why it is bad in this round: LossThresholdExceeded or RttThresholdExceeded; absent: it is "
          + "good.")
  private String reason;

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

  public RttStatus getRtt() {
    return rtt;
  }

  public void setRtt(RttStatus rtt) {
    this.rtt = rtt;
  }

  public Map<String, Integer> getLost() {
    return lost;
  }

  public void setLost(Map<String, Integer> lost) {
    this.lost = lost == null ? Map.of() : lost;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
