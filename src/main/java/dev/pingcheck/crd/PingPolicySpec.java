package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Whom a policy governs and what it says. Absent fields are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PingPolicySpec {
  @JsonPropertyDescription(
      "The namespaces that this policy governs, by their labels; {} is every namespace. A "
          + "namespace is governed by each policy that selects it.")
  @Required
  private NamespaceSelector namespaceSelector;

  @JsonPropertyDescription(
      "Networks that may be pinged, such as 10.0.0.0/8 or 2001:db8::/32. Where policies of a "
          + "namespace have this field, an address must be in a network of one of them; [] allows "
          + "none. If none of them has it: every address. Special networks (loopback, "
          + "link-local, multicast, broadcast, unspecified, reserved) are allowed only by an entry "
          + "that is such a network or a part of it.")
  @Size(max = 256)
  @ValidationRule(value = PolicyRules.NETWORKS, message = PolicyRules.NETWORK_SENTENCE)
  @ValidationRule(
      value = PolicyRules.NETWORKS_MASKED,
      message = PolicyRules.NETWORK_MASKED_SENTENCE)
  @ValidationRule(
      value = PolicyRules.NETWORKS_MAPPED,
      message = PolicyRules.NETWORK_MAPPED_SENTENCE)
  private List<String> allow;

  @JsonPropertyDescription(
      "Networks that must not be pinged, whatever this or another policy allows.")
  @Size(max = 256)
  @ValidationRule(value = PolicyRules.NETWORKS, message = PolicyRules.NETWORK_SENTENCE)
  @ValidationRule(
      value = PolicyRules.NETWORKS_MASKED,
      message = PolicyRules.NETWORK_MASKED_SENTENCE)
  @ValidationRule(
      value = PolicyRules.NETWORKS_MAPPED,
      message = PolicyRules.NETWORK_MAPPED_SENTENCE)
  private List<String> deny;

  @JsonPropertyDescription(
      "How much the checks of a namespace may ask for. The strictest limit of all its policies "
          + "holds; where none sets one, that of the built-in policy.")
  private PolicyLimits limits;

  public NamespaceSelector getNamespaceSelector() {
    return namespaceSelector;
  }

  public void setNamespaceSelector(NamespaceSelector namespaceSelector) {
    this.namespaceSelector = namespaceSelector;
  }

  public List<String> getAllow() {
    return allow;
  }

  public void setAllow(List<String> allow) {
    this.allow = allow;
  }

  public List<String> getDeny() {
    return deny;
  }

  public void setDeny(List<String> deny) {
    this.deny = deny;
  }

  public PolicyLimits getLimits() {
    return limits;
  }

  public void setLimits(PolicyLimits limits) {
    this.limits = limits;
  }
}
