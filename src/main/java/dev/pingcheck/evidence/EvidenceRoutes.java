package dev.pingcheck.evidence;

import dev.pingcheck.page.PageRoutes;
import dev.pingcheck.stats.EvidenceName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * {@code /api/evidence/NAMESPACE/NAME} lists the files of a check, and one more part of the path is
 * a file. What is no name is not looked for: no path is made of what a request says.
 */
public final class EvidenceRoutes implements PageRoutes {
  private static final System.Logger LOG = System.getLogger(EvidenceRoutes.class.getName());
  private static final String CHECK = "/api/evidence/:namespace/:name";

  private final EvidenceFolder folder;

  public EvidenceRoutes(EvidenceFolder folder) {
    this.folder = folder;
  }

  @Override
  public void addTo(Router router) {
    router.get(CHECK).blockingHandler(request -> answer(request, this::list), false);
    router.get(CHECK + "/:file").blockingHandler(request -> answer(request, this::file), false);
  }

  /** Answers a request, or leaves it unanswered if there is no such thing. */
  private interface Answer {
    boolean give(RoutingContext request, CheckName check) throws IOException;
  }

  private void answer(RoutingContext request, Answer answer) {
    try {
      Optional<CheckName> check =
          CheckName.read(request.pathParam("namespace"), request.pathParam("name"));
      if (check.isEmpty() || !answer.give(request, check.get())) {
        say(request, 404, "There is no such file; it may have made room for newer ones.\n");
      }
    } catch (IOException unreadable) {
      LOG.log(Level.WARNING, "Evidence could not be read: " + unreadable);
      say(request, 500, "The file could not be read; the operator's log says why.\n");
    }
  }

  private boolean list(RoutingContext request, CheckName check) throws IOException {
    JsonArray files = new JsonArray();
    for (StoredFile file : folder.list(check)) {
      files.add(
          new JsonObject()
              .put("file", file.name().toString())
              .put("time", file.name().time().toString())
              .put("packets", file.packets())
              .put("bytes", file.bytes()));
    }
    request
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(files.encode() + "\n");
    return true;
  }

  private boolean file(RoutingContext request, CheckName check) throws IOException {
    Optional<EvidenceName> name = EvidenceName.read(request.pathParam("file"));
    Optional<byte[]> file = name.isEmpty() ? Optional.empty() : folder.read(check, name.get());
    if (file.isEmpty()) {
      return false;
    }
    request
        .response()
        .putHeader("content-type", "application/vnd.tcpdump.pcap")
        .putHeader(
            "content-disposition",
            "attachment; filename=\"%s-%s-%s\""
                .formatted(check.namespace(), check.name(), name.get()))
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("cache-control", "no-store")
        .end(Buffer.buffer(file.get()));
    return true;
  }

  private static void say(RoutingContext request, int status, String sentence) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(sentence);
  }
}
