package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** One time of being unhealthy. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Outage {
  @JsonPropertyDescription(
      "When the first of the failed rounds in a row began that made the check unhealthy.")
  @Required
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant start;

  @JsonPropertyDescription(
      "When the first of the good rounds in a row began that made it healthy again; absent while "
          + "it lasts.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant end;

  @JsonPropertyDescription("Why it was unhealthy, as in the Healthy condition.")
  private String reason;

  public Instant getStart() {
    return start;
  }

  public void setStart(Instant start) {
    this.start = start;
  }

  public Instant getEnd() {
    return end;
  }

  public void setEnd(Instant end) {
    this.end = end;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
