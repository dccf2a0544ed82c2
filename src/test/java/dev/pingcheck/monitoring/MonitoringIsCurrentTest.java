package dev.pingcheck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is shipped in two ways is made of one source. */
class MonitoringIsCurrentTest {
  private static final Path COMPONENTS = Path.of("k8s/components");
  private static final Path CHART = Path.of("helm/pingcheck/files");

  private static final String HEAD =
      """
      # Made of alerts/pingcheck.yaml: change that one.
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: pingcheck
        namespace: pingcheck-system
        labels:
          app.kubernetes.io/name: pingcheck
          app.kubernetes.io/part-of: pingcheck
          app.kubernetes.io/component: operator
      spec:
      """;

  @Test
  void prometheusRuleAndTheCopyOfTheChartAreMadeOfTheAlerts() throws IOException {
    assertCurrent(
        COMPONENTS.resolve("alerts/prometheus-rule.yaml"), HEAD + Alerts.groups().indent(2));
    assertCurrent(CHART.resolve("alerts/pingcheck.yaml"), Files.readString(Alerts.SOURCE));
  }

  @Test
  void dashboardsAreWhatTheirPanelsSay() throws IOException {
    for (Dashboard dashboard : Dashboards.all()) {
      assertCurrent(COMPONENTS.resolve("dashboards").resolve(dashboard.file()), dashboard.text());
      assertCurrent(CHART.resolve("dashboards").resolve(dashboard.file()), dashboard.text());
    }
  }

  private static void assertCurrent(Path committed, String made) throws IOException {
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.createDirectories(committed.getParent());
      Files.writeString(committed, made);
    }
    assertThat(Files.readString(committed))
        .as(
            "mvn test -Dtest=MonitoringIsCurrentTest -Dpingcheck.regenerate=true writes %s",
            committed)
        .isEqualTo(made);
  }
}
