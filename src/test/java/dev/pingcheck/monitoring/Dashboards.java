package dev.pingcheck.monitoring;

import dev.pingcheck.monitoring.Dashboard.Panel;
import dev.pingcheck.monitoring.Dashboard.Query;
import java.util.List;

/**
 * The dashboards: what each panel asks. {@code or on()} has the right side only where the left has
 * nothing at all: a bare {@code or} would add its line to those of the left, which bear labels.
 */
final class Dashboards {
  private static final String CHECK = "namespace=\"$namespace\",name=\"$name\"";
  private static final String MANY = "namespace=~\"$namespace\"";

  private Dashboards() {}

  static List<Dashboard> all() {
    return List.of(fleet(), check(), itself());
  }

  private static Dashboard fleet() {
    return new Dashboard(
            "fleet", "PingCheck / Fleet", "All checks: how many are well, and the worst of them.")
        .variable("namespace", "label_values(pingcheck_rounds_total, namespace)", true)
        .add(state("Healthy", "sum(pingcheck_checks{type=\"Healthy\",status=\"true\"})"))
        .add(state("Unhealthy", number("Healthy", "false")))
        .add(state("Not reachable", number("Reachable", "false")))
        .add(state("Without an address", number("Resolved", "false")))
        .add(
            state(
                "Silent",
                "count(max by (namespace, name) (pingcheck_check_silent{"
                    + MANY
                    + "})) or on() vector(0)"))
        .add(
            state(
                "Flapping",
                "count(max by (namespace, name) (pingcheck_check_flapping{"
                    + MANY
                    + "})) or on() vector(0)"))
        .add(
            new Panel(
                "Health of all checks",
                "timeseries",
                "short",
                12,
                new Query("max by (status) (pingcheck_checks{type=\"Healthy\"})", "{{status}}")))
        .add(lost(MANY))
        .add(
            new Panel(
                "Loss, the worst twenty",
                "timeseries",
                "percentunit",
                12,
                new Query(
                    "topk(20, " + loss(MANY, "namespace, name") + ")", "{{namespace}}/{{name}}")))
        .add(
            new Panel(
                "Round-trip time, the slowest twenty",
                "timeseries",
                "s",
                12,
                new Query(
                    "topk(20, " + mean("pingcheck_rtt_seconds", MANY, "namespace, name") + ")",
                    "{{namespace}}/{{name}}")))
        .add(
            new Panel(
                "Echo requests and replies",
                "timeseries",
                "pps",
                12,
                new Query(
                    "sum(rate(pingcheck_echo_requests_total{" + MANY + "}[$__rate_interval]))",
                    "requests"),
                new Query(
                    "sum(rate(pingcheck_echo_replies_total{" + MANY + "}[$__rate_interval]))",
                    "replies")))
        .add(
            new Panel(
                "Packets that count neither way",
                "timeseries",
                "pps",
                12,
                new Query(
                    "sum by (kind) (rate(pingcheck_echo_strays_total{"
                        + MANY
                        + "}[$__rate_interval])) or on() vector(0)",
                    "{{kind}}")));
  }

  private static Dashboard check() {
    return new Dashboard("check", "PingCheck / Check", "One check in depth.")
        .variable("namespace", "label_values(pingcheck_rounds_total, namespace)", false)
        .variable(
            "name", "label_values(pingcheck_rounds_total{namespace=\"$namespace\"}, name)", false)
        .add(
            new Panel(
                "Conditions",
                "stat",
                "bool_yes_no",
                12,
                new Query(
                    "max by (type) (pingcheck_check_condition{" + CHECK + ",status=\"true\"})",
                    "{{type}}")))
        .add(
            new Panel(
                "Loss of the time shown",
                "stat",
                "percentunit",
                6,
                new Query(
                    "1 - sum(increase(pingcheck_echo_replies_total{"
                        + CHECK
                        + "}[$__range]))"
                        + " / (sum(increase(pingcheck_echo_requests_total{"
                        + CHECK
                        + "}[$__range])) > 0)"
                        + " or on() vector(0)",
                    "")))
        .add(
            new Panel(
                "Healthy, of the time shown",
                "stat",
                "percentunit",
                6,
                new Query(
                    "max(avg_over_time(pingcheck_check_condition{"
                        + CHECK
                        + ",type=\"Healthy\",status=\"true\"}[$__range]))",
                    "")))
        .add(
            new Panel(
                "Round-trip time",
                "timeseries",
                "s",
                12,
                quantile("0.5", "median"),
                quantile("0.9", "90 %"),
                quantile("0.99", "99 %"),
                new Query(
                    mean("pingcheck_rtt_seconds", CHECK, "namespace, name") + " or on() vector(0)",
                    "mean")))
        .add(
            new Panel(
                "Loss",
                "timeseries",
                "percentunit",
                12,
                new Query(loss(CHECK, "namespace, name") + " or on() vector(0)", "lost")))
        .add(
            new Panel(
                "Round-trip times, how many of which",
                "heatmap",
                "s",
                12,
                new Query(
                    "sum by (le) (increase(pingcheck_rtt_seconds_bucket{"
                        + CHECK
                        + "}[$__rate_interval]))",
                    "{{le}}")))
        .add(
            new Panel(
                "Jitter",
                "timeseries",
                "s",
                12,
                new Query(
                    mean("pingcheck_rtt_jitter_seconds", CHECK, "namespace, name")
                        + " or on() vector(0)",
                    "difference of neighbours")))
        .add(lost(CHECK))
        .add(
            new Panel(
                "Rounds",
                "timeseries",
                "short",
                12,
                new Query(
                    "sum(increase(pingcheck_rounds_total{" + CHECK + "}[$__rate_interval]))",
                    "settled"),
                new Query(
                    "sum(increase(pingcheck_rounds_unresolved_total{"
                        + CHECK
                        + "}[$__rate_interval])) or on() vector(0)",
                    "without an address"),
                new Query(
                    "sum by (reason) (increase(pingcheck_rounds_skipped_total{"
                        + CHECK
                        + "}[$__rate_interval])) or on() vector(0)",
                    "skipped {{reason}}")))
        .add(
            new Panel(
                "Healthy, from each node",
                "timeseries",
                "bool_yes_no",
                12,
                new Query(
                    "max by (node) (pingcheck_source_healthy{"
                        + CHECK
                        + "}) or on() max by (node)"
                        + " (pingcheck_check_condition{"
                        + CHECK
                        + ",type=\"Healthy\",status=\"true\"})",
                    "{{node}}")))
        .add(
            new Panel(
                "Round-trip time, from each node",
                "timeseries",
                "s",
                12,
                new Query(
                    mean("pingcheck_source_rtt_seconds", CHECK, "node")
                        + " or on() "
                        + mean("pingcheck_rtt_seconds", CHECK, "node")
                        + " or on() vector(0)",
                    "{{node}}")));
  }

  private static Dashboard itself() {
    return new Dashboard(
            "itself",
            "PingCheck / Itself",
            "Whether PingCheck is well: operators, probes, and what they ask of others.")
        .add(state("Leaders", "sum(pingcheck_leader)"))
        .add(state("Operators", "count(pingcheck_leader)"))
        .add(state("Probes", "sum(max by (place, instance) (pingcheck_probes_connected))"))
        .add(state("Checks planned", "max(pingcheck_checks_planned)"))
        .add(state("Checks without series", "max(pingcheck_checks_without_series)"))
        .add(
            state(
                "Alerts that fire",
                "count(ALERTS{alertname=~\"PingCheck.+\",alertstate=\"firing\"}) or on() vector(0)"))
        .add(
            new Panel(
                "Probes, by place",
                "timeseries",
                "short",
                12,
                new Query("sum by (place) (pingcheck_probes_connected)", "{{place}}"),
                new Query("sum by (sockets) (pingcheck_probe_info)", "{{sockets}} sockets")))
        .add(
            new Panel(
                "Share of time that the probe's thread is at work",
                "timeseries",
                "percentunit",
                12,
                new Query(
                    "topk(20, rate(pingcheck_probe_busy_seconds_total[$__rate_interval]))",
                    "{{place}} {{probe}} {{instance}}")))
        .add(
            new Panel(
                "Dropped by probes",
                "timeseries",
                "short",
                12,
                new Query(
                    "topk(20, increase(pingcheck_probe_kernel_drops_total[$__rate_interval]))",
                    "packets {{place}} {{probe}}"),
                new Query(
                    "topk(20, increase(pingcheck_probe_reports_dropped_total[$__rate_interval]))",
                    "reports {{place}} {{probe}}")))
        .add(
            new Panel(
                "Streams of probes",
                "timeseries",
                "short",
                12,
                new Query(
                    "sum by (place) (increase(pingcheck_link_streams_total[$__rate_interval]))",
                    "opened, {{place}}"),
                new Query(
                    "sum by (reason) (increase(pingcheck_link_refused_total[$__rate_interval])) or on() vector(0)",
                    "refused {{reason}}"),
                new Query(
                    "max by (place) (pingcheck_probe_reports_waiting)",
                    "reports waiting, {{place}}")))
        .add(
            new Panel(
                "Late and left out",
                "timeseries",
                "short",
                12,
                new Query(
                    "sum by (reason) (increase(pingcheck_echo_delayed_total[$__rate_interval])) or on() vector(0)",
                    "requests late {{reason}}"),
                new Query(
                    "sum by (reason) (increase(pingcheck_rounds_skipped_total[$__rate_interval])) or on() vector(0)",
                    "rounds skipped {{reason}}")))
        .add(
            new Panel(
                "Calls of the API server",
                "timeseries",
                "reqps",
                12,
                new Query(
                    "sum by (verb, resource, code) (rate(pingcheck_api_requests_total[$__rate_interval]))",
                    "{{verb}} {{resource}} {{code}}"),
                new Query(
                    "sum(rate(pingcheck_api_throttled_total[$__rate_interval]))", "throttled")))
        .add(
            new Panel(
                "Statuses written",
                "timeseries",
                "ops",
                12,
                new Query(
                    "sum by (kind) (rate(pingcheck_status_writes_total[$__rate_interval]))",
                    "{{kind}}"),
                new Query("sum(pingcheck_status_figures_due)", "figures due")))
        .add(
            new Panel(
                "Load of the budget of writes",
                "timeseries",
                "percentunit",
                12,
                new Query("max(pingcheck_status_budget_load)", "load")))
        .add(
            new Panel(
                "Checks over the limit of their namespace, the fullest twenty",
                "timeseries",
                "percentunit",
                12,
                new Query(
                    "topk(20, max by (namespace) (pingcheck_namespace_checks / pingcheck_namespace_checks_limit))",
                    "{{namespace}}")))
        .add(
            new Panel(
                "Memory of the operators",
                "timeseries",
                "bytes",
                12,
                new Query(
                    "sum by (instance) (jvm_memory_used_bytes and on (instance) pingcheck_leader)",
                    "{{instance}}")));
  }

  private static Panel lost(String selector) {
    return new Panel(
        "Lost, by reason",
        "timeseries",
        "pps",
        12,
        new Query(
            "sum by (reason) (rate(pingcheck_echo_lost_total{%s}[$__rate_interval]))"
                .formatted(selector),
            "{{reason}}"));
  }

  private static Panel state(String title, String expression) {
    return new Panel(title, "stat", "short", 4, new Query(expression, ""));
  }

  private static String number(String type, String status) {
    return "count(max by (namespace, name) (pingcheck_check_condition{%s,type=\"%s\",status=\"%s\"})) or on() vector(0)"
        .formatted(MANY, type, status);
  }

  private static String loss(String selector, String by) {
    return "1 - sum by (%2$s) (rate(pingcheck_echo_replies_total{%1$s}[$__rate_interval]))"
            .formatted(selector, by)
        + " / (sum by (%2$s) (rate(pingcheck_echo_requests_total{%1$s}[$__rate_interval])) > 0)"
            .formatted(selector, by);
  }

  private static String mean(String name, String selector, String by) {
    return "sum by (%3$s) (rate(%1$s_sum{%2$s}[$__rate_interval]))".formatted(name, selector, by)
        + " / (sum by (%3$s) (rate(%1$s_count{%2$s}[$__rate_interval])) > 0)"
            .formatted(name, selector, by);
  }

  private static Query quantile(String share, String legend) {
    return new Query(
        "histogram_quantile(%s, sum by (le) (rate(pingcheck_rtt_seconds_bucket{%s}[$__rate_interval])))"
            .formatted(share, CHECK),
        legend);
  }
}
