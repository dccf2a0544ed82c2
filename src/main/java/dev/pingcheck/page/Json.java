package dev.pingcheck.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON as it comes, without a tree of it in memory. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** What is written. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator to) throws IOException;
  }

  private Json() {}

  static Buffer of(Content content) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = FACTORY.createGenerator(octets)) {
      content.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a buffer in memory
    }
    return Buffer.buffer(octets.toByteArray());
  }
}
