package dev.pingcheck.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A sentence with the fields by which it is found again, as the only parameter of a log call:
 * {@code LOG.log(INFO, LogLine.FORMAT, line)}. A sentence in place of the format would be read as a
 * pattern, and a host name with a brace or an apostrophe would come out changed.
 *
 * @param sentence what has happened
 * @param fields in this order; none is empty
 */
public record LogLine(String sentence, Map<String, String> fields) {

  /** The format of the call. */
  public static final String FORMAT = "{0}";

  public LogLine {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static LogLine of(String sentence) {
    return new LogLine(sentence, Map.of());
  }

  /** The same about a check. */
  public static LogLine about(String namespace, String name, String uid, String sentence) {
    return of(sentence).with("namespace", namespace).with("name", name).with("uid", uid);
  }

  /** With one field more; an empty value is none. */
  public LogLine with(String field, String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new LogLine(sentence, more);
  }

  /** The sentence alone, which is what {@link #FORMAT} makes of it. */
  @Override
  public String toString() {
    return sentence;
  }
}
