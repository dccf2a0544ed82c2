package dev.pingcheck.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pingcheck.crd.SourceStatus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Set;

/** The {@link Matrix} as JSON. */
final class MatrixPage implements PageRoutes {
  private final PageSource source;

  MatrixPage(PageSource source) {
    this.source = source;
  }

  @Override
  public void addTo(Router router) {
    router.route("/api/matrix").handler(this::answer);
  }

  private void answer(RoutingContext context) {
    Matrix matrix =
        Matrix.of(
            source
                .checks()
                .filter(check -> check.getSpec() != null && check.getSpec().getFrom() != null)
                .map(check -> new Matrix.Line(check, source.status(check))));
    CheckPages.answer(
        context,
        Json.of(to -> {
          to.writeStartObject();
          to.writeNumberField("moreChecks", matrix.moreChecks());
          to.writeNumberField("moreNodes", matrix.moreNodes());
          to.writeArrayFieldStart("nodes");
          for (String node : matrix.nodes()) {
            to.writeString(node);
          }
          to.writeEndArray();
          to.writeArrayFieldStart("checks");
          for (Matrix.Line line : matrix.lines()) {
            write(to, line, Set.copyOf(matrix.nodes()));
          }
          to.writeEndArray();
          to.writeEndObject();
        }));
  }

  private static void write(JsonGenerator to, Matrix.Line line, Set<String> nodes)
      throws IOException {
    to.writeStartObject();
    to.writeStringField("namespace", line.check().getMetadata().getNamespace());
    to.writeStringField("name", line.check().getMetadata().getName());
    to.writeStringField("hostname", line.check().getSpec().getHostname());
    to.writeNumberField("unlisted", line.unlisted());
    to.writeObjectFieldStart("cells");
    for (SourceStatus cell : line.cells()) {
      if (nodes.contains(cell.getNode())) {
        to.writeObjectFieldStart(cell.getNode());
        to.writeStringField("state", state(cell));
        to.writeStringField("reason", cell.getReason());
        Integer loss = cell.getLossPercent();
        to.writeStringField("loss", loss == null ? null : loss + " %");
        to.writeStringField("rtt", cell.getRtt());
        to.writeEndObject();
      }
    }
    to.writeEndObject();
    to.writeEndObject();
  }

  private static String state(SourceStatus cell) {
    if (cell.getHealthy() == null) {
      return "unknown";
    }
    return Matrix.isFailing(cell) ? "failing" : "healthy";
  }
}
