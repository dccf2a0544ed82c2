package dev.pingcheck.trace;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Spans as an ExportTraceServiceRequest of OTLP 1.x in protobuf's wire format. The field numbers
 * are those of opentelemetry/proto/collector/trace/v1 and trace/v1, which never change.
 */
final class OtlpMessage {
  private static final int INTERNAL = 1;
  private static final int ERROR = 2;

  /** Writes the fields of a message. */
  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream to) throws IOException;
  }

  private OtlpMessage() {}

  /**
   * All spans of one process.
   *
   * @param resource what the process is, such as {@code service.name}
   */
  static byte[] of(Map<String, String> resource, List<SpanData> spans) {
    return message(request ->
        put(
            request,
            1,
            resourceSpans -> {
              put(resourceSpans, 1, of -> attributes(of, 1, resource));
              put(
                  resourceSpans,
                  2,
                  scopeSpans -> {
                    put(scopeSpans, 1, scope -> scope.writeString(1, "dev.pingcheck"));
                    for (SpanData span : spans) {
                      put(scopeSpans, 2, of -> span(of, span));
                    }
                  });
            }));
  }

  private static void span(CodedOutputStream to, SpanData span) throws IOException {
    to.writeByteArray(1, HexFormat.of().parseHex(span.trace()));
    to.writeByteArray(2, HexFormat.of().parseHex(span.id()));
    if (span.parent().isPresent()) {
      to.writeByteArray(4, HexFormat.of().parseHex(span.parent().get()));
    }
    to.writeString(5, span.name());
    to.writeEnum(6, INTERNAL);
    to.writeFixed64(7, span.start());
    to.writeFixed64(8, span.end());
    attributes(to, 9, span.attributes());
    if (span.failure().isPresent()) {
      put(
          to,
          15,
          status -> {
            status.writeString(2, span.failure().get());
            status.writeEnum(3, ERROR);
          });
    }
  }

  private static void attributes(CodedOutputStream to, int field, Map<String, String> of)
      throws IOException {
    for (Map.Entry<String, String> each : of.entrySet()) {
      put(
          to,
          field,
          pair -> {
            pair.writeString(1, each.getKey());
            put(pair, 2, value -> value.writeString(1, each.getValue()));
          });
    }
  }

  private static void put(CodedOutputStream to, int field, Fields fields) throws IOException {
    to.writeByteArray(field, message(fields));
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      CodedOutputStream coded = CodedOutputStream.newInstance(octets);
      fields.write(coded);
      coded.flush();
      return octets.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can fail in memory", e);
    }
  }
}
