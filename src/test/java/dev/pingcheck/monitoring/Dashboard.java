package dev.pingcheck.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One dashboard as Grafana takes it; its panels go from left to right and from top to bottom. */
final class Dashboard {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int WIDTH = 24;
  private static final int TALL = 8;
  private static final int FLAT = 4;
  private static final int SCHEMA = 39;

  /**
   * What a panel asks.
   *
   * @param legend a name, with labels in double braces; empty for the only one
   */
  record Query(String expression, String legend) {}

  /**
   * A panel.
   *
   * @param type as Grafana calls it
   * @param unit as Grafana calls it
   * @param width of 24
   */
  record Panel(String title, String type, String unit, int width, List<Query> queries) {
    Panel(String title, String type, String unit, int width, Query... queries) {
      this(title, type, unit, width, List.of(queries));
    }
  }

  private final String name;
  private final ObjectNode json = JSON.createObjectNode();
  private final ArrayNode panels = JSON.createArrayNode();
  private final ArrayNode variables = JSON.createArrayNode();
  private int x;
  private int y;
  private int height;

  Dashboard(String name, String title, String description) {
    this.name = name;
    json.put("uid", "pingcheck-" + name)
        .put("title", title)
        .put("description", description)
        .put("schemaVersion", SCHEMA)
        .put("editable", true)
        .put("graphTooltip", 1)
        .put("refresh", "30s")
        .putArray("tags")
        .add("pingcheck");
    json.putObject("time").put("from", "now-3h").put("to", "now");
    json.putObject("annotations").putArray("list");
    ObjectNode links = json.putArray("links").addObject();
    links
        .put("type", "dashboards")
        .put("title", "PingCheck")
        .put("icon", "external link")
        .put("tooltip", "")
        .put("targetBlank", false)
        .put("asDropdown", true)
        .put("includeVars", true)
        .put("keepTime", true)
        .putArray("tags")
        .add("pingcheck");
    variables
        .addObject()
        .put("name", "datasource")
        .put("label", "Prometheus")
        .put("type", "datasource")
        .put("query", "prometheus");
  }

  /** Its file. */
  String file() {
    return "pingcheck-" + name + ".json";
  }

  /** Lets whoever looks choose a label's value. */
  Dashboard variable(String label, String query, boolean many) {
    ObjectNode variable = variables.addObject();
    variable
        .put("name", label)
        .put("type", "query")
        .put("query", query)
        .put("refresh", 2)
        .put("sort", 1)
        .put("multi", many)
        .put("includeAll", many);
    if (many) {
      variable.put("allValue", ".*");
    }
    variable.set("datasource", source());
    return this;
  }

  Dashboard add(Panel panel) {
    if (x + panel.width() > WIDTH) {
      x = 0;
      y += height;
      height = 0;
    }
    int tall = panel.type().equals("stat") ? FLAT : TALL;
    ObjectNode node = panels.addObject();
    node.put("id", panels.size()).put("title", panel.title()).put("type", panel.type());
    node.set("datasource", source());
    node.putObject("gridPos").put("x", x).put("y", y).put("w", panel.width()).put("h", tall);
    ObjectNode defaults = node.putObject("fieldConfig").putObject("defaults");
    defaults.put("unit", panel.unit());
    if (!panel.type().equals("heatmap")) {
      defaults.put("min", 0);
    } else {
      describeHeatmap(node.putObject("options"), panel.unit());
    }
    ArrayNode targets = node.putArray("targets");
    for (Query query : panel.queries()) {
      targets
          .addObject()
          .put("refId", String.valueOf((char) ('A' + targets.size() - 1)))
          .put("expr", query.expression())
          .put("legendFormat", query.legend())
          .put("format", panel.type().equals("heatmap") ? "heatmap" : "time_series")
          .put("instant", panel.type().equals("stat"));
    }
    x += panel.width();
    height = Math.max(height, tall);
    return this;
  }

  /** What Grafana's schema wants of a heatmap, with the values that its editor begins with. */
  private static void describeHeatmap(ObjectNode options, String unit) {
    options
        .putObject("color")
        .put("mode", "scheme")
        .put("scheme", "Oranges")
        .put("fill", "dark-orange")
        .put("exponent", 0.5)
        .put("steps", 64)
        .put("reverse", false);
    options.put("showValue", "auto");
    options.putObject("yAxis").put("unit", unit);
    options.putObject("legend").put("show", true);
    options.putObject("tooltip").put("mode", "single").put("yHistogram", false);
    options.putObject("exemplars").put("color", "rgba(255,0,255,0.7)");
  }

  private static ObjectNode source() {
    return JSON.createObjectNode().put("type", "prometheus").put("uid", "${datasource}");
  }

  String text() throws JsonProcessingException {
    ObjectNode whole = json.deepCopy();
    whole.putObject("templating").set("list", variables);
    whole.set("panels", panels);
    return JSON.writeValueAsString(whole) + "\n";
  }
}
