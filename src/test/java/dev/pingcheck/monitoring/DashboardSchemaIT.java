package dev.pingcheck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grafana itself is not run here: its own schema tells whether it would take the dashboards. */
class DashboardSchemaIT {
  private static final int PATIENCE_SECONDS = 300;

  @TempDir Path folder;

  private static Script.Result check(List<Path> dashboards) {
    List<String> command = new ArrayList<>(List.of("tools/dashboards"));
    dashboards.forEach(file -> command.add(file.toString()));
    return Script.run(Map.of(), PATIENCE_SECONDS, command);
  }

  @Test
  void dashboardsAreAsGrafanaDefinesThem() throws IOException {
    Script.Result result = check(DashboardQueries.files());
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void whatGrafanaDoesNotKnowIsFound() throws IOException {
    String good = Files.readString(DashboardQueries.files().getFirst());
    Path wrong = Files.writeString(folder.resolve("a.json"), good.replace("gridPos", "gridPlace"));
    Path other = Files.writeString(folder.resolve("b.json"), good.replace("\"stat\"", "\"tacho\""));

    Script.Result result = check(List.of(wrong, other));

    assertThat(result.out())
        .contains("a.json: panels[0].Panel: unexpected field 'gridPlace'")
        .contains("b.json: panel \"Conditions\": no schema for the type \"tacho\"");
    assertThat(result.exitCode()).isEqualTo(1);
  }
}
