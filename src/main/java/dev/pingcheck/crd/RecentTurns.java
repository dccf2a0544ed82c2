package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;

/** When a problem last came or went. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RecentTurns {
  @JsonPropertyDescription(
      "Which: LossThresholdExceeded, RttThresholdExceeded, ResolutionFailed or AddressChanged.")
  @Required
  private String reason;

  @JsonPropertyDescription("When it last came or went, at most six times, the latest last.")
  @Size(max = 6)
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private List<Instant> times = List.of();

  @JsonPropertyDescription(
      "Since when it comes and goes so often that its crossings raise no events; absent: it does "
          + "not.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant flappingSince;

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public List<Instant> getTimes() {
    return times;
  }

  public void setTimes(List<Instant> times) {
    this.times = times == null ? List.of() : times;
  }

  public Instant getFlappingSince() {
    return flappingSince;
  }

  public void setFlappingSince(Instant flappingSince) {
    this.flappingSince = flappingSince;
  }
}
