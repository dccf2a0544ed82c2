package dev.pingcheck.pipeline;

import static dev.pingcheck.pipeline.MonitoredSite.PATIENCE_SECONDS;
import static dev.pingcheck.pipeline.MonitoredSite.RANGE;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.monitoring.Alerts;
import dev.pingcheck.monitoring.DashboardQueries;
import dev.pingcheck.monitoring.DashboardQueries.Asked;
import dev.pingcheck.monitoring.Promtool;
import dev.pingcheck.monitoring.Series;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real Prometheus makes of a real operator: the page, the alerts, the dashboards. */
class PrometheusIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  /** Here are processes and no pods, and no metrics-server. */
  private static final Pattern NEEDS_PODS =
      Pattern.compile("deployment|servicemonitor| top | --raw ");

  /** Of these some query of a dashboard has nothing or nothing but zeros here, and rightly so. */
  private static final Map<String, String> QUIET =
      Map.of(
          "pingcheck_api_throttled_total",
          "the API server has nothing else to do",
          "pingcheck_checks_without_series",
          "it takes more than 10,000 checks",
          "pingcheck_probe_reports_waiting",
          "the leader takes them in within milliseconds");

  private static MonitoredSite site;

  @BeforeAll
  static void start() throws Exception {
    site = new MonitoredSite(api);
  }

  @AfterAll
  static void stop() throws Exception {
    site.close();
  }

  private static void await(String what, String query) {
    site.await(what, query);
  }

  @Test
  void promtoolHasNothingToSayAboutThePage() {
    Promtool.Result result = Promtool.run(Path.of("."), site.page(), "check", "metrics");
    assertThat(result.output()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void pageHasNoSeriesThatTheDocumentationLacks() throws IOException {
    Map<String, String> documented = Series.documented();
    Map<String, String> exposed = Series.exposed(site.page());
    assertThat(exposed).isNotEmpty();
    assertThat(documented).containsAllEntriesOf(exposed);
  }

  @Test
  void noPanelIsEmpty() throws IOException {
    await("a loss", "rate(pingcheck_echo_lost_total{name=\"lossy\"}[" + RANGE + "]) > 0");
    for (Asked asked : DashboardQueries.all()) {
      await(asked.where(), site.query(asked, "healthy"));
    }
  }

  @Test
  void everyQueryShowsMoreThanTheZeroThatKeepsItsPanelFromBeingEmpty() throws IOException {
    for (Asked asked : DashboardQueries.all()) {
      if (asked.series().stream().noneMatch(QUIET::containsKey)) {
        for (Asked part : asked.parts()) {
          awaitAnyOf(part, "fleet", "healthy", "lossy", "unresolved");
        }
      }
    }
  }

  private static void awaitAnyOf(Asked asked, String... checks) {
    Awaitility.await(asked.where() + ": " + asked.expression() + " > 0")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() ->
            Stream.of(checks)
                .map(check -> "(" + site.query(asked, check) + ") > 0")
                .anyMatch(query -> !site.prometheus().query(query).isEmpty()));
  }

  @Test
  void everyLineIsCalledByWhatItsLegendNames() throws IOException {
    await("rounds", "rate(pingcheck_echo_requests_total{name=\"fleet\"}[" + RANGE + "]) > 0");
    for (Asked asked : DashboardQueries.all()) {
      Asked first = asked.parts().getFirst();
      if (first.labels().isEmpty()) {
        assertThat(site.prometheus().query(site.query(asked, "fleet")))
            .as("two lines called %s in %s", asked.legend(), asked.where())
            .hasSizeLessThanOrEqualTo(1);
      } else if (asked.series().stream().noneMatch(QUIET::containsKey)) {
        await(asked.where(), site.query(first, "fleet"));
        for (JsonNode line : site.prometheus().query(site.query(asked, "fleet"))) {
          assertThat(line.path("metric").fieldNames())
              .as("%s: %s", asked.where(), line)
              .toIterable()
              .containsAnyElementsOf(first.labels());
        }
      }
    }
  }

  @Test
  void whatIsQuietHereIsServedAndDocumentedAndAskedFor() throws IOException {
    Set<String> asked =
        DashboardQueries.all().stream().flatMap(a -> a.series().stream()).collect(toSet());
    Map<String, String> exposed = Series.exposed(site.page());
    for (String series : QUIET.keySet()) {
      assertThat(asked).contains(series);
      assertThat(exposed).containsKey(series);
      assertThat(Series.documented()).containsEntry(series, exposed.get(series));
    }
  }

  @Test
  void everyReasonAndKindHasALineOfItsOwn() {
    awaitEach("pingcheck_echo_lost_total", "reason", LossReason.values());
    awaitEach("pingcheck_echo_strays_total", "kind", StrayKind.values());
    awaitEach("pingcheck_rounds_skipped_total", "reason", SetbackCause.values());
  }

  private static void awaitEach(String series, String label, Enum<?>... all) {
    for (Enum<?> each : all) {
      String word = each.name().toLowerCase(Locale.ROOT);
      await(series, "increase(%s{%s=\"%s\"}[%s]) > 0".formatted(series, label, word, RANGE));
    }
  }

  @Test
  void whatANodesProbeFindsBearsItsNode() {
    String of = "{name=\"fleet\",node=\"" + site.node() + "\"}";
    for (String counter :
        new String[] {"rounds_total", "echo_requests_total", "echo_replies_total"}) {
      await("a count", "increase(pingcheck_source_" + counter + of + "[" + RANGE + "]) > 0");
    }
    await("times", "increase(pingcheck_source_rtt_seconds_sum" + of + "[" + RANGE + "]) > 0");
    await("good rounds", "pingcheck_source_healthy" + of + " == 1");
    await("bad rounds", "pingcheck_source_healthy" + of + " == 0");
    await(
        "its probe",
        "pingcheck_probe_info{place=\"node\",probe=\"%s\",sockets=\"ping\"}"
            .formatted(site.node()));
  }

  @Test
  void everyRuleIsEvaluatedWithoutAnErrorAndSaysWhereItsRunbookIs() throws IOException {
    for (JsonNode rule : Alerts.rules()) {
      assertThat(site.prometheus().query(rule.path("expr").asText()).isArray()).isTrue();
    }
    await("an alert", site.firing("PingCheckTargetDown", "dead"));
    int evaluated = 0;
    for (JsonNode group : site.prometheus().groups()) {
      for (JsonNode rule : group.path("rules")) {
        assertThat(rule.path("health").asText()).as("%s", rule).isEqualTo("ok");
        for (JsonNode alert : rule.path("alerts")) {
          assertThat(alert.path("annotations").toString()).doesNotContain("<error", "<no value>");
        }
        evaluated++;
      }
    }
    assertThat(evaluated).isEqualTo(Alerts.rules().size());
  }

  @Test
  void whatIsBadFiresAndWhatIsNotDoesNot() {
    await("the dead host", site.firing("PingCheckTargetDown", "dead"));
    await("the lossy host", site.firing("PingCheckTargetLoss", "lossy"));
    await("the name without an address", site.firing("PingCheckTargetUnresolved", "unresolved"));
    await(
        "the check that nobody pings",
        "ALERTS{alertname=\"PingCheckProbeSilent\",alertstate=\"firing\",reason=\"no_probe\"}");
    await(
        "the check that is good and bad by turns", site.firing("PingCheckTargetFlapping", "fleet"));
    await(
        "the probe that drops packets",
        "ALERTS{alertname=\"PingCheckProbeOverloaded\",alertstate=\"firing\",place=\"node\"}");
    for (String well : new String[] {"healthy", "dualstack", "forbidden"}) {
      site.awaitNothing(well, "ALERTS{name=\"" + well + "\",alertstate=\"firing\"}");
    }
    for (String other :
        new String[] {
          "ProbeSilent\",reason!=\"no_probe",
          "ProbeOverloaded\",place!=\"node",
          "NoLeader",
          "SeriesOverflow"
        }) {
      site.awaitNothing(
          other, "ALERTS{alertstate=\"firing\",alertname=\"PingCheck" + other + "\"}");
    }
  }

  @Test
  void anAlertEndsWhenItsHostIsMended() {
    site.host("revived").dropAll();
    site.host("mended").dropOneIn(2);
    site.pipeline().apply("revived", site.host("revived").address4());
    site.pipeline().apply("mended", site.host("mended").address4());
    await("down", site.firing("PingCheckTargetDown", "revived"));
    await("lossy", site.firing("PingCheckTargetLoss", "mended"));
    site.host("revived").heal();
    site.host("mended").heal();
    site.awaitNothing("up again", site.firing("PingCheckTargetDown", "revived"));
    site.awaitNothing("no loss any more", site.firing("PingCheckTargetLoss", "mended"));
  }

  @Test
  void firstLooksOfTheRunbooksAreCommandsThatWork() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs/runbooks"))) {
      for (Path page : pages.sorted().toList()) {
        for (String line : Files.readAllLines(page)) {
          if (line.startsWith("$ ") && !NEEDS_PODS.matcher(line).find()) {
            String command =
                line.substring("$ ".length())
                    .replaceFirst(" \\| grep.*", "") // that it finds nothing is no mistake
                    .replace("NAMESPACE", site.pipeline().namespace())
                    .replace("NAME", "lossy");
            assertThatCode(() -> api.shell(command)).as("%s", page).doesNotThrowAnyException();
          }
        }
      }
    }
  }

  @Test
  void seriesOfADeletedCheckGoStale() {
    String series = "{__name__=~\"pingcheck_.+\",name=\"leaving\"}";
    site.pipeline().apply("leaving", site.host("well").address4());
    await("its series", "pingcheck_rounds_total{name=\"leaving\"} > 0");
    site.pipeline().delete("leaving");
    site.awaitNothing("they are gone", series);
    site.awaitNothing("no alert is left", "ALERTS{name=\"leaving\"}");
  }
}
