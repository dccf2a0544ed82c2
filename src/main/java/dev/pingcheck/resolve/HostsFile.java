package dev.pingcheck.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names with fixed addresses, hosts(5): an address, a name and aliases a line, a number sign begins
 * a comment. Names are lower case.
 */
record HostsFile(Map<String, List<InetAddress>> names) {

  static HostsFile parse(List<String> lines) {
    Map<String, List<InetAddress>> names = new HashMap<>();
    for (String line : lines) {
      String[] words = line.replaceFirst("#.*", "").trim().split("\\s+");
      Optional<InetAddress> address = Literals.parse(words[0]);
      for (int i = 1; i < words.length && address.isPresent(); i++) {
        names
            .computeIfAbsent(words[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(address.get());
      }
    }
    return new HostsFile(names);
  }

  /** The addresses of a name without a final dot, in the order of the file; empty if unknown. */
  List<InetAddress> addresses(String name) {
    return names.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
