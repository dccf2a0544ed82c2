package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Where echo requests are sent from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ProbeSource {
  @JsonPropertyDescription(
      "Labels of the nodes whose probes ping the host, all of them; each node that bears them is a "
          + "source of its own. Empty: one of the central probes pings.")
  @Size(max = 16)
  @ValidationRule(value = Rules.LABEL_KEYS, message = Rules.LABEL_KEYS_SENTENCE)
  @ValidationRule(value = Rules.LABEL_VALUES, message = Rules.LABEL_VALUES_SENTENCE)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private Map<String, String> nodeSelector = Map.of();

  public Map<String, String> getNodeSelector() {
    return nodeSelector;
  }

  public void setNodeSelector(Map<String, String> nodeSelector) {
    this.nodeSelector = nodeSelector == null ? Map.of() : nodeSelector;
  }
}
