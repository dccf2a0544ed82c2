package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import java.time.Instant;
import java.util.Map;

/** The figures of one round; of several addresses, those of the worst. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RoundStatus {
  @JsonPropertyDescription("Names the round: a report that is told twice is counted once. Opaque.")
  private String id;

  @JsonPropertyDescription("When the round began.")
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  private Instant startTime;

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
      "What has measured the round-trip times: the kernel at both ends, a clock of the probe's "
          + "process, or some by the one and some by the other. Absent when there was none.")
  @SchemaFrom(type = Timestamps.class)
  private String timestamps;

  @JsonPropertyDescription(
      "The time to live or hop limit with which the last reply arrived; a change means another "
          + "way back. Absent when there was none.")
  private Integer replyTtl;

  @JsonPropertyDescription(
      "How many echo requests were lost for which reason, such as Timeout or " + "HostUnreachable.")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private Map<String, Integer> lost = Map.of();

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public Instant getStartTime() {
    return startTime;
  }

  public void setStartTime(Instant startTime) {
    this.startTime = startTime;
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

  public String getTimestamps() {
    return timestamps;
  }

  public void setTimestamps(String timestamps) {
    this.timestamps = timestamps;
  }

  public Integer getReplyTtl() {
    return replyTtl;
  }

  public void setReplyTtl(Integer replyTtl) {
    this.replyTtl = replyTtl;
  }

  public Map<String, Integer> getLost() {
    return lost;
  }

  public void setLost(Map<String, Integer> lost) {
    this.lost = lost == null ? Map.of() : lost;
  }
}
