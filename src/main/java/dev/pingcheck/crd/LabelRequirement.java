package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** One requirement of a label selector. An absent list is empty. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = PolicyRules.VALUES_FIT,
    message = PolicyRules.VALUES_FIT_SENTENCE,
    fieldPath = ".values")
public class LabelRequirement {
  @JsonPropertyDescription("The key of the label.")
  @Required
  @Size(max = 317)
  private String key;

  @JsonPropertyDescription(
      "In, NotIn: whether the label has one of the values; Exists, DoesNotExist: whether it is "
          + "there. NotIn and DoesNotExist also hold where the label is absent.")
  @Required
  @SchemaFrom(type = LabelOperator.class)
  private String operator;

  @JsonPropertyDescription("The values for In and NotIn.")
  @Size(max = 64)
  private List<String> values = List.of();

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getOperator() {
    return operator;
  }

  public void setOperator(String operator) {
    this.operator = operator;
  }

  public List<String> getValues() {
    return values;
  }

  public void setValues(List<String> values) {
    this.values = values == null ? List.of() : values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelRequirement that
        && Objects.equals(key, that.key)
        && Objects.equals(operator, that.operator)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, operator, values);
  }
}
