package dev.pingcheck.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How names are looked up, resolv.conf(5).
 *
 * @param servers at most three, in the order to ask them
 * @param search domains to try a name in
 * @param ndots a name with at least so many dots is tried as it is first, 0 to 15
 * @param timeout how long to wait for a server, 1 to 30 s
 * @param attempts how often to ask all servers, 1 to 5
 */
record ResolvConf(
    List<InetAddress> servers, List<String> search, int ndots, Duration timeout, int attempts) {
  private static final int MAX_SERVERS = 3;

  static ResolvConf parse(List<String> lines) {
    List<InetAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    List<String> options = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.replaceFirst("[#;].*", "").trim().split("\\s+");
      List<String> values = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" ->
            values.stream().limit(1).flatMap(v -> Literals.parse(v).stream()).forEach(servers::add);
        case "domain", "search" -> search = values.stream().filter(v -> !v.equals(".")).toList();
        case "options" -> options.addAll(values);
        default -> {}
      }
    }
    return new ResolvConf(
        List.copyOf(servers.subList(0, Math.min(servers.size(), MAX_SERVERS))),
        search,
        option(options, "ndots", 1, 0, 15),
        Duration.ofSeconds(option(options, "timeout", 5, 1, 30)),
        option(options, "attempts", 2, 1, 5));
  }

  private static int option(List<String> options, String name, int absent, int least, int most) {
    int value = absent;
    for (String option : options) {
      if (option.matches(name + ":[0-9]{1,6}")) {
        value = Math.clamp(Integer.parseInt(option.substring(name.length() + 1)), least, most);
      }
    }
    return value;
  }

  /**
   * The full names to try for a name, in order. A final dot means that it is complete.
   *
   * @return names without a final dot
   */
  List<String> candidates(String name) {
    if (name.endsWith(".")) {
      return List.of(name.substring(0, name.length() - 1));
    }
    List<String> candidates = new ArrayList<>();
    for (String domain : search) {
      candidates.add(name + "." + (domain.endsWith(".") ? chop(domain) : domain));
    }
    boolean complete = name.chars().filter(c -> c == '.').count() >= ndots;
    candidates.add(complete ? 0 : candidates.size(), name);
    return candidates;
  }

  private static String chop(String domain) {
    return domain.substring(0, domain.length() - 1);
  }

  /** How long to wait for one server so that all can be asked as often as is asked for. */
  Duration timeoutWithin(Duration total) {
    Duration share = total.dividedBy(Math.max(1, (long) servers.size() * attempts));
    return share.compareTo(timeout) < 0 ? share : timeout;
  }
}
