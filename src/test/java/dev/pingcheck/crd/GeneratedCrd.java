package dev.pingcheck.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The CustomResourceDefinitions as the beans of this version give them. */
final class GeneratedCrd {
  private static final long LONGEST_NETWORK = 49; // an IPv6 address with a dotted end, and /128
  private static final long LONGEST_LABEL_VALUE = 63;
  private static final long MOST_LABELS = 16;

  private GeneratedCrd() {}

  /** The text of k8s/crd/pingchecks.pingcheck.dev.yaml. */
  static String ofPingCheck() {
    return yaml(PingCheck.class, GeneratedCrd::finishPingCheck);
  }

  /** The text of k8s/crd/pingpolicies.pingcheck.dev.yaml. */
  static String ofPingPolicy() {
    return yaml(PingPolicy.class, GeneratedCrd::finishPingPolicy);
  }

  private static String yaml(Class<? extends HasMetadata> type, Consumer<JSONSchemaProps> finish) {
    Output output = new Output();
    new CRDGenerator()
        .customResourceClasses(type)
        .withMinQuotes(true)
        .withPostProcessor(new Finish(type, finish))
        .withOutput(output)
        .generate();
    String generated = output.text.toString(StandardCharsets.UTF_8);
    return "# Generated from the classes in dev.pingcheck.crd; a test compares the two.\n"
        + generated
            .replaceFirst("(?s)^(#[^\n]*\n)+", "")
            .replaceAll("(maximum|minimum): ([0-9]+)\\.0\n", "$1: $2\n")
            // The generator leaves out quotes that YAML 1.1 needs.
            .replaceAll("- (True|False)\n", "- \"$1\"\n");
  }

  private static void finishPingCheck(JSONSchemaProps root) {
    root.setDescription("A host to ping, with what came of it.");
    Map<String, JSONSchemaProps> parts = root.getProperties();
    parts.get("spec").setDescription("What to ping, how often, and when it is too bad.");
    JSONSchemaProps status = parts.get("status");
    status.setDescription("What came of it. The operator alone writes here.");
    status.getProperties().get("observedGeneration").setFormat("int64");
    describeConditions(status.getProperties().get("conditions"));
    parts
        .get("spec")
        .getProperties()
        .get("from")
        .getProperties()
        .get("nodeSelector")
        .getAdditionalProperties()
        .getSchema()
        .setMaxLength(LONGEST_LABEL_VALUE);
  }

  private static void finishPingPolicy(JSONSchemaProps root) {
    root.setDescription("What the checks of some namespaces may ping, and how much.");
    root.getProperties().remove("status");
    JSONSchemaProps spec = root.getProperties().get("spec");
    spec.setDescription("Whom it governs and what it says.");
    for (String networks : List.of("allow", "deny")) {
      JSONSchemaProps each = spec.getProperties().get(networks).getItems().getSchema();
      each.setMaxLength(LONGEST_NETWORK);
      spec.getProperties().get(networks).setXKubernetesListType("atomic");
    }
    JSONSchemaProps selector = spec.getProperties().get("namespaceSelector");
    selector.getProperties().get("matchLabels").setMaxProperties(MOST_LABELS);
    selector
        .getProperties()
        .get("matchLabels")
        .getAdditionalProperties()
        .getSchema()
        .setMaxLength(LONGEST_LABEL_VALUE);
    JSONSchemaProps expression =
        selector.getProperties().get("matchExpressions").getItems().getSchema();
    expression
        .getProperties()
        .get("values")
        .getItems()
        .getSchema()
        .setMaxLength(LONGEST_LABEL_VALUE);
  }

  /** What no annotation can say. */
  private static final class Finish implements CRDPostProcessor {
    private final Class<?> type;
    private final Consumer<JSONSchemaProps> finish;

    Finish(Class<?> type, Consumer<JSONSchemaProps> finish) {
      this.type = type;
      this.finish = finish;
    }

    @Override
    public HasMetadata process(HasMetadata resource, String crdVersion) {
      CustomResourceDefinition crd = (CustomResourceDefinition) resource;
      for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
        inOrderOfAnnotations(version.getAdditionalPrinterColumns());
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        root.setRequired(List.of("spec"));
        finish.accept(root);
      }
      return crd;
    }

    private void inOrderOfAnnotations(List<CustomResourceColumnDefinition> columns) {
      List<String> names =
          Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
              .map(AdditionalPrinterColumn::name)
              .toList();
      columns.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
    }
  }

  /** One entry a type, so that server-side apply merges them; the model has no description. */
  private static void describeConditions(JSONSchemaProps conditions) {
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    JSONSchemaProps condition = conditions.getItems().getSchema();
    condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
    Serialization.unmarshal(CONDITION, Conditions.class)
        .fields()
        .forEach(condition.getProperties()::put);
  }

  private record Conditions(Map<String, JSONSchemaProps> fields) {}

  /** As Kubernetes' own conditions are (API conventions, "Typical status properties"). */
  private static final String CONDITION =
      """
      fields:
        type:
          description: Accepted, Resolved, Reachable, Healthy or OnSchedule.
          type: string
          maxLength: 316
        status:
          description: True, False or Unknown.
          type: string
          enum: ["True", "False", "Unknown"]
        observedGeneration:
          description: The generation of the spec that this condition is about.
          type: integer
          format: int64
          minimum: 0
        lastTransitionTime:
          description: When the status last changed.
          type: string
          format: date-time
        reason:
          description: One CamelCase word that says why.
          type: string
          minLength: 1
          maxLength: 1024
          pattern: ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
        message:
          description: A sentence for people.
          type: string
          maxLength: 32768
      """;

  private static final class Output implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return text;
    }

    @Override
    public URI crdURI(String crdName) {
      return URI.create("file:///" + crdName);
    }

    @Override
    public void close() {}
  }
}
