package dev.pingcheck.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A span that has not ended. Not thread safe. */
final class OpenSpan implements Span {
  private static final int TRACE_OCTETS = 16;
  private static final int SPAN_OCTETS = 8;

  private final OtlpTracer tracer;
  private final String name;
  private final String trace;
  private final String id = OtlpTracer.digits(SPAN_OCTETS);
  private final Optional<String> parent;
  private final long start;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private String failure;

  OpenSpan(OtlpTracer tracer, String name, Optional<OpenSpan> parent, long start) {
    this.tracer = tracer;
    this.name = name;
    this.start = start;
    this.trace = parent.map(p -> p.trace).orElseGet(() -> OtlpTracer.digits(TRACE_OCTETS));
    this.parent = parent.map(p -> p.id);
  }

  @Override
  public Span with(String attribute, String value) {
    if (value != null && !value.isEmpty()) {
      attributes.put(attribute, value);
    }
    return this;
  }

  @Override
  public void failed(String why) {
    failure = why;
  }

  SpanData data(long end) {
    return new SpanData(
        trace, id, parent, name, start, end, attributes, Optional.ofNullable(failure));
  }

  @Override
  public void close() {
    tracer.ended(this);
  }
}
