package dev.pingcheck.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.page.history.EventHistory;
import dev.pingcheck.page.history.Past;
import dev.pingcheck.page.history.PastEvent;
import dev.pingcheck.page.history.RoundHistory;
import dev.pingcheck.page.history.Slot;
import dev.pingcheck.page.history.Spread;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One check in depth, its last events and hours. */
final class CheckPages implements PageRoutes {
  private final PageSource source;
  private final Past past;
  private final boolean hasDays;

  /**
   * @param hasDays whether somebody knows the last days too
   */
  CheckPages(PageSource source, Past past, boolean hasDays) {
    this.source = source;
    this.past = past;
    this.hasDays = hasDays;
  }

  @Override
  public void addTo(Router router) {
    router.route("/api/checks/:namespace/:name").handler(this::one);
    router.route("/api/rounds/:namespace/:name").handler(this::rounds);
  }

  private void one(RoutingContext context) {
    asked(context)
        .ifPresent(check -> {
          ObjectMeta of = check.getMetadata();
          answer(
              context,
              Json.of(to -> {
                to.writeStartObject();
                to.writeStringField("uid", of.getUid());
                to.writeStringField("namespace", of.getNamespace());
                to.writeStringField("name", of.getName());
                to.writeStringField("created", of.getCreationTimestamp());
                to.writeArrayFieldStart("days");
                for (int days : hasDays ? PrometheusPast.DAYS : List.<Integer>of()) {
                  to.writeNumber(days);
                }
                to.writeEndArray();
                to.writeFieldName("spec");
                to.writeRawValue(source.json(check.getSpec()));
                to.writeFieldName("status");
                to.writeRawValue(source.json(source.status(check)));
                to.writeFieldName("events");
                writeEvents(of.getUid(), to);
                to.writeEndObject();
              }));
        });
  }

  /** Without a lead none: another operator says them, and what was said here is of old. */
  private void writeEvents(String uid, JsonGenerator to) throws IOException {
    Optional<Instant> leads = source.leadsSince();
    Instant known = past.events().since();
    Instant since = leads.filter(known::isBefore).orElse(known);
    List<PastEvent> last = leads.isPresent() ? past.events().of(uid) : List.of();
    to.writeStartObject();
    to.writeStringField("leads", leads.map(Instant::toString).orElse(null));
    to.writeStringField("since", since.toString());
    to.writeNumberField("most", EventHistory.MOST_OF_A_CHECK);
    to.writeArrayFieldStart("last");
    for (PastEvent event : last) {
      to.writeStartObject();
      to.writeStringField("time", event.time().toString());
      to.writeStringField("type", event.type());
      to.writeStringField("reason", event.reason());
      to.writeStringField("note", event.note());
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeEndObject();
  }

  private void rounds(RoutingContext context) {
    asked(context).ifPresent(check -> answer(context, rounds(check)));
  }

  private Buffer rounds(PingCheck check) {
    List<Slot> slots = past.rounds().of(check.getMetadata().getUid());
    Duration width = past.rounds().width();
    return Json.of(to -> {
      to.writeStartObject();
      to.writeNumberField("width", width.toSeconds());
      to.writeNumberField("length", RoundHistory.LENGTH.toSeconds());
      to.writeArrayFieldStart("slots");
      for (Slot slot : slots) {
        to.writeStartArray();
        to.writeNumber(slot.start());
        to.writeNumber(slot.sent());
        to.writeNumber(slot.lost());
        if (slot.rtt().isPresent()) {
          Spread rtt = slot.rtt().get();
          for (long nanos :
              new long[] {rtt.min(), rtt.lower(), rtt.median(), rtt.upper(), rtt.max()}) {
            to.writeNumber(nanos);
          }
        }
        to.writeEndArray();
      }
      to.writeEndArray();
      to.writeEndObject();
    });
  }

  private Optional<PingCheck> asked(RoutingContext context) {
    String namespace = context.pathParam("namespace");
    String name = context.pathParam("name");
    Optional<PingCheck> check = source.check(namespace, name);
    if (check.isEmpty()) {
      refuseUnknown(context, namespace, name);
    }
    return check;
  }

  static void refuseUnknown(RoutingContext context, String namespace, String name) {
    Doorman.refuse(context, 404, "There is no PingCheck " + namespace + "/" + name + ".");
  }

  static void answer(RoutingContext context, Buffer json) {
    context.response().putHeader("Content-Type", "application/json").end(json);
  }
}
