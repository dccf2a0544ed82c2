package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** A crossing whose event may not have been written yet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class UnconfirmedEvent {
  @JsonPropertyDescription("Normal or Warning.")
  @Required
  @SchemaFrom(type = EventType.class)
  private String type;

  @JsonPropertyDescription("What crossed, such as LossThresholdExceeded.")
  @Required
  private String reason;

  @JsonPropertyDescription("When it crossed.")
  @Required
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant time;

  @JsonPropertyDescription("The sentence that the event tells.")
  private String note;

  @JsonPropertyDescription(
      "Of CrossingsOmitted: for how many crossings it stands that could not be said one by one.")
  private Integer omitted;

  @JsonPropertyDescription("The file of the packets that the event names, if there is one.")
  private String evidence;

  public String getType() {
    return type;
  }

  public void setType(String type) {
    this.type = type;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public Instant getTime() {
    return time;
  }

  public void setTime(Instant time) {
    this.time = time;
  }

  public String getNote() {
    return note;
  }

  public void setNote(String note) {
    this.note = note;
  }

  public String getEvidence() {
    return evidence;
  }

  public void setEvidence(String evidence) {
    this.evidence = evidence;
  }

  public Integer getOmitted() {
    return omitted;
  }

  public void setOmitted(Integer omitted) {
    this.omitted = omitted;
  }
}
