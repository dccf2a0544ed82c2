package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** Bounds for the checks of a namespace. Absent fields are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PolicyLimits {
  @JsonPropertyDescription(
      "Checks that a namespace may have: 0 to 100000. The oldest ones are carried out, the others "
          + "are refused until there is room. 1000 if no policy says so.")
  @Min(0)
  @Max(100_000)
  private Integer checks;

  @JsonPropertyDescription(
      "Echo requests a second of all checks of a namespace together, counted as count x addresses "
          + "/ period: 1 to 1000000. Checks for which nothing is left over by older ones are "
          + "refused. 500 if no policy says so.")
  @Min(1)
  @Max(1_000_000)
  private Integer echoesPerSecond;

  @JsonPropertyDescription("The greatest count of a check: 1 to 1000. 100 if no policy says so.")
  @Min(1)
  @Max(1000)
  private Integer count;

  @JsonPropertyDescription(
      "The greatest payloadSize of a check: 16 to 65507. 1472 if no policy says so.")
  @Min(16)
  @Max(65507)
  private Integer payloadSize;

  @JsonPropertyDescription(
      "The shortest interval of a check: 10ms to 1h. 50ms if no policy says so.")
  @Size(max = 32)
  @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_SENTENCE)
  @ValidationRule(value = Rules.INTERVAL, message = Rules.INTERVAL_SENTENCE)
  private String shortestInterval;

  @JsonPropertyDescription("The shortest period of a check: 1s to 24h. 1s if no policy says so.")
  @Size(max = 32)
  @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_SENTENCE)
  @ValidationRule(value = Rules.PERIOD, message = Rules.PERIOD_SENTENCE)
  private String shortestPeriod;

  @JsonPropertyDescription(
      "Whether the checks of a namespace may have packets kept (spec.capture). One policy that says "
          + "false is enough to forbid it. true if no policy says so.")
  private Boolean capture;

  public Integer getChecks() {
    return checks;
  }

  public void setChecks(Integer checks) {
    this.checks = checks;
  }

  public Integer getEchoesPerSecond() {
    return echoesPerSecond;
  }

  public void setEchoesPerSecond(Integer echoesPerSecond) {
    this.echoesPerSecond = echoesPerSecond;
  }

  public Integer getCount() {
    return count;
  }

  public void setCount(Integer count) {
    this.count = count;
  }

  public Integer getPayloadSize() {
    return payloadSize;
  }

  public void setPayloadSize(Integer payloadSize) {
    this.payloadSize = payloadSize;
  }

  public String getShortestInterval() {
    return shortestInterval;
  }

  public void setShortestInterval(String shortestInterval) {
    this.shortestInterval = shortestInterval;
  }

  public String getShortestPeriod() {
    return shortestPeriod;
  }

  public void setShortestPeriod(String shortestPeriod) {
    this.shortestPeriod = shortestPeriod;
  }

  public Boolean getCapture() {
    return capture;
  }

  public void setCapture(Boolean capture) {
    this.capture = capture;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyLimits that
        && Objects.equals(checks, that.checks)
        && Objects.equals(echoesPerSecond, that.echoesPerSecond)
        && Objects.equals(count, that.count)
        && Objects.equals(payloadSize, that.payloadSize)
        && Objects.equals(shortestInterval, that.shortestInterval)
        && Objects.equals(shortestPeriod, that.shortestPeriod)
        && Objects.equals(capture, that.capture);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        checks, echoesPerSecond, count, payloadSize, shortestInterval, shortestPeriod, capture);
  }
}
