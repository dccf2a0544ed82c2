package dev.pingcheck.trace;

import java.util.Map;
import java.util.Optional;

/**
 * A span that has ended.
 *
 * @param trace 16 octets in hexadecimal digits
 * @param id 8 octets in hexadecimal digits
 * @param parent the same of the span that it is a part of
 * @param start nanoseconds since 1970
 * @param end the same
 * @param failure why it failed, if it did
 */
record SpanData(
    String trace,
    String id,
    Optional<String> parent,
    String name,
    long start,
    long end,
    Map<String, String> attributes,
    Optional<String> failure) {}
