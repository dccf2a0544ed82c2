package dev.pingcheck.cli.kubectl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object whose absent fields are left out; and the reading of what the page answers. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final ObjectMapper LENIENT =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Takes texts, numbers, lists and maps; null and what is empty is left out. */
  Json put(String name, Object value) {
    if (value != null && !value.equals("")) {
      fields.put(name, value);
    }
    return this;
  }

  Map<String, Object> fields() {
    return fields;
  }

  /** On one line. */
  static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /** For people to read. */
  static String page(Object value) {
    try {
      return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /**
   * Reads an answer of the operator's page; a field that is not known here is passed over.
   *
   * @param what it is for people, such as {@code list of captures}
   * @throws Refusal if it is none
   */
  static <T> T read(String json, TypeReference<T> type, String what) {
    try {
      T answer = LENIENT.readValue(json, type);
      if (answer != null) {
        return answer;
      }
    } catch (JsonProcessingException e) {
      // Said below, as of what is null.
    }
    throw unreadable(what);
  }

  /** It has a form that is not known here. */
  static Refusal unreadable(String what) {
    return new Refusal(
        "the operator's %s cannot be read: is it of another version?".formatted(what));
  }
}
