package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Round-trip times of one round, each as a duration such as 1.234ms. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RttStatus {
  @JsonPropertyDescription("The shortest, such as 1.234ms.")
  private String min;

  @JsonPropertyDescription("The arithmetic mean.")
  private String avg;

  @JsonPropertyDescription("The longest.")
  private String max;

  @JsonPropertyDescription("The population standard deviation: what ping calls mdev.")
  private String stdDev;

  @JsonPropertyDescription("The mean absolute difference of neighbours in the order of sending.")
  private String jitter;

  public String getMin() {
    return min;
  }

  public void setMin(String min) {
    this.min = min;
  }

  public String getAvg() {
    return avg;
  }

  public void setAvg(String avg) {
    this.avg = avg;
  }

  public String getMax() {
    return max;
  }

  public void setMax(String max) {
    this.max = max;
  }

  public String getStdDev() {
    return stdDev;
  }

  public void setStdDev(String stdDev) {
    this.stdDev = stdDev;
  }

  public String getJitter() {
    return jitter;
  }

  public void setJitter(String jitter) {
    this.jitter = jitter;
  }
}
