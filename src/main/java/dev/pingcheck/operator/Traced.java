package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.report.EventTeller.EventSink;
import dev.pingcheck.report.Reporter.StatusSink;
import dev.pingcheck.trace.OtlpReceiver;
import dev.pingcheck.trace.OtlpTracer;
import dev.pingcheck.trace.Span;
import dev.pingcheck.trace.Tracer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What of the operator's work is a span, and what each bears. */
final class Traced {
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final String ROUND = "pingcheck.round.id";

  private Traced() {}

  /** A tracer to that receiver; without one, none. */
  static Tracer tracer(Optional<String> endpoint, String instance, Clock clock) {
    if (endpoint.isEmpty()) {
      return Tracer.NONE;
    }
    String headers = Objects.requireNonNullElse(System.getenv("OTEL_EXPORTER_OTLP_HEADERS"), "");
    String service = Objects.requireNonNullElse(System.getenv("OTEL_SERVICE_NAME"), "pingcheck");
    return new OtlpTracer(
        new OtlpReceiver(URI.create(endpoint.get()), OtlpReceiver.headers(headers)),
        Map.of("service.name", service, "service.instance.id", instance),
        DELAY,
        clock);
  }

  /** One turn of a check. */
  static Span turn(Tracer tracer, PingCheck check) {
    if (!tracer.isOn()) {
      return Span.NONE;
    }
    return about(tracer.begin("reconcile"), check);
  }

  static StatusSink statuses(Tracer tracer, StatusSink sink) {
    if (!tracer.isOn()) {
      return sink;
    }
    return (check, status, version) -> {
      String round = round(status);
      tracer.current().with(ROUND, round);
      try (Span span = about(tracer.begin("write status"), check).with(ROUND, round)) {
        return failing(span, () -> sink.write(check, status, version));
      }
    };
  }

  static EventSink events(Tracer tracer, EventSink sink) {
    if (!tracer.isOn()) {
      return sink;
    }
    return (check, crossing) -> {
      try (Span span =
          about(tracer.begin("write event"), check)
              .with("pingcheck.reason", crossing.getReason())) {
        failing(
            span,
            () -> {
              sink.say(check, crossing);
              return true;
            });
      }
    };
  }

  private static Span about(Span span, PingCheck check) {
    ObjectMeta of = check.getMetadata();
    return span.with("k8s.namespace.name", of.getNamespace())
        .with("pingcheck.name", of.getName())
        .with("pingcheck.uid", of.getUid());
  }

  private static String round(PingCheckStatus status) {
    return status.getLastRound() == null ? "" : status.getLastRound().getId();
  }

  /** Work whose failure is the span's too. */
  static <T> T failing(Span span, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      span.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
