package dev.pingcheck.page;

import java.util.Optional;
import java.util.Set;

/**
 * How the page is served.
 *
 * @param address where
 * @param prefix the path below which it is served where a proxy does not cut it off, such as {@code
 *     /pingcheck}; else empty
 * @param hosts what a request may name as its host besides the loopback's names; of no meaning
 *     where the address is not the loopback's
 * @param streams how many browsers may follow at once, at least 1
 * @param connections how many connections there may be at once, at least 1
 * @param prometheus the URL of one that knows the last days, without a slash at its end; empty:
 *     none
 */
public record PageSettings(
    PageAddress address,
    String prefix,
    Set<String> hosts,
    int streams,
    int connections,
    Optional<String> prometheus) {
  private static final String PREFIX = "(/[A-Za-z0-9._~-]+)*";

  /** With room for a few people; each browser takes one stream and a few connections. */
  public static PageSettings of(PageAddress address, String prefix, Set<String> hosts) {
    return new PageSettings(address, prefix, hosts, 32, 128, Optional.empty());
  }

  /**
   * The same, with a Prometheus to ask for the last days.
   *
   * @param url with or without a slash at its end; empty: none
   */
  public PageSettings withPrometheus(String url) {
    String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    return new PageSettings(
        address,
        prefix,
        hosts,
        streams,
        connections,
        Optional.of(bare).filter(given -> !given.isEmpty()));
  }

  /**
   * Reads the URL of a Prometheus.
   *
   * @throws IllegalArgumentException with the end of a sentence if it is none
   */
  public static String url(String text) {
    if (!text.matches("(https?://[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?)?")) {
      throw new IllegalArgumentException(
          "must be a URL such as http://prometheus.monitoring.svc:9090, not " + text);
    }
    return text;
  }

  /**
   * Reads a prefix, with or without a slash at its end.
   *
   * @throws IllegalArgumentException with the end of a sentence if it is none
   */
  public static String prefix(String text) {
    String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (!prefix.matches(PREFIX)) {
      throw new IllegalArgumentException("must be a path such as /pingcheck, not " + text);
    }
    return prefix;
  }
}
