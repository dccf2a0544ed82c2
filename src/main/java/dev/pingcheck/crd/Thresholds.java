package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** From when on a round is too bad. Absent fields are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = Rules.RECOVERY_FITS,
    message = Rules.RECOVERY_FITS_SENTENCE,
    fieldPath = ".recoveryLossPercent")
public class Thresholds {
  @JsonPropertyDescription(
      "A round that loses this share of its echo requests or more is a failed one, in "
          + "percent: 1 to 100, 20 if absent.")
  @Default("20")
  @Min(1)
  @Max(100)
  private Integer lossPercent;

  @JsonPropertyDescription(
      "Once unhealthy, only a round that loses less than this share is a good one, in "
          + "percent: 1 to lossPercent; equal to lossPercent if absent. A lower value than "
          + "lossPercent keeps a check from flapping.")
  @Min(1)
  @Max(100)
  private Integer recoveryLossPercent;

  @JsonPropertyDescription(
      "A round whose average round-trip time is longer than this is a failed one: 1us to "
          + "1m, at most the timeout. If absent, round-trip times are not judged.")
  @Size(max = 32)
  @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_SENTENCE)
  @ValidationRule(value = Rules.RTT, message = Rules.RTT_SENTENCE)
  private String rtt;

  @JsonPropertyDescription(
      "Failed rounds in a row that make the check unhealthy: 1 to 100, 1 if absent.")
  @Default("1")
  @Min(1)
  @Max(100)
  private Integer failureThreshold;

  @JsonPropertyDescription(
      "Good rounds in a row that make the check healthy again: 1 to 100, 1 if absent.")
  @Default("1")
  @Min(1)
  @Max(100)
  private Integer successThreshold;

  public Integer getLossPercent() {
    return lossPercent;
  }

  public void setLossPercent(Integer lossPercent) {
    this.lossPercent = lossPercent;
  }

  public Integer getRecoveryLossPercent() {
    return recoveryLossPercent;
  }

  public void setRecoveryLossPercent(Integer recoveryLossPercent) {
    this.recoveryLossPercent = recoveryLossPercent;
  }

  public String getRtt() {
    return rtt;
  }

  public void setRtt(String rtt) {
    this.rtt = rtt;
  }

  public Integer getFailureThreshold() {
    return failureThreshold;
  }

  public void setFailureThreshold(Integer failureThreshold) {
    this.failureThreshold = failureThreshold;
  }

  public Integer getSuccessThreshold() {
    return successThreshold;
  }

  public void setSuccessThreshold(Integer successThreshold) {
    this.successThreshold = successThreshold;
  }
}
