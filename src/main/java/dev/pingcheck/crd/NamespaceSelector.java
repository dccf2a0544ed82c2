package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A label selector as everywhere in Kubernetes. Absent maps and lists are empty. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public class NamespaceSelector {
  @JsonPropertyDescription(
      "Labels that a namespace must bear. Its name is the label kubernetes.io/metadata.name.")
  private Map<String, String> matchLabels = new LinkedHashMap<>();

  @JsonPropertyDescription("Requirements that the labels of a namespace must meet besides.")
  @Size(max = 16)
  private List<LabelRequirement> matchExpressions = List.of();

  public Map<String, String> getMatchLabels() {
    return matchLabels;
  }

  public void setMatchLabels(Map<String, String> matchLabels) {
    this.matchLabels = matchLabels == null ? new LinkedHashMap<>() : matchLabels;
  }

  public List<LabelRequirement> getMatchExpressions() {
    return matchExpressions;
  }

  public void setMatchExpressions(List<LabelRequirement> matchExpressions) {
    this.matchExpressions = matchExpressions == null ? List.of() : matchExpressions;
  }
}
