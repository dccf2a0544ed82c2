package dev.pingcheck.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the page is served.
 *
 * @param host a name or an address
 * @param port 1 to 65535; 0 for any free one
 */
public record PageAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");
  private static final int MOST_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT} or {@code [ADDRESS]:PORT}; {@code none} is no address.
   *
   * @throws IllegalArgumentException with the end of a sentence for anything else
   */
  public static Optional<PageAddress> read(String text) {
    if (text.equals("none")) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > MOST_PORT) {
      throw new IllegalArgumentException(
          "must be HOST:PORT such as 127.0.0.1:8081, or none, not " + text);
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    return Optional.of(new PageAddress(host, Integer.parseInt(form.group(3))));
  }

  /** Whether only this machine, or this pod, can connect. */
  boolean isLoopback() {
    return isLoopback(host);
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
