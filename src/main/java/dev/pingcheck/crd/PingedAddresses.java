package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which addresses were pinged: enough to tell whether others are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PingedAddresses {
  @JsonPropertyDescription("How many they are.")
  @Required
  private Integer count;

  @JsonPropertyDescription("The first sixteen of them in the order of their text.")
  @Size(max = 16)
  private List<String> first = List.of();

  @JsonPropertyDescription("Stands for all of them where they are more than sixteen. Opaque.")
  private String digest;

  public Integer getCount() {
    return count;
  }

  public void setCount(Integer count) {
    this.count = count;
  }

  public List<String> getFirst() {
    return first;
  }

  public void setFirst(List<String> first) {
    this.first = first == null ? List.of() : first;
  }

  public String getDigest() {
    return digest;
  }

  public void setDigest(String digest) {
    this.digest = digest;
  }
}
