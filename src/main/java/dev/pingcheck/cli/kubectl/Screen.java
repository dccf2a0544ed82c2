package dev.pingcheck.cli.kubectl;

import dev.pingcheck.log.SafeText;
import java.util.ArrayList;
import java.util.List;

/** As many lines as a terminal shows, each as long as it shows it. */
final class Screen {
  private final TerminalSize size;
  private final List<String> lines = new ArrayList<>();

  Screen(TerminalSize size) {
    this.size = size;
  }

  void add(String line) {
    if (!isFull()) {
      String safe = SafeText.of(line);
      lines.add(safe.length() <= size.columns() ? safe : safe.substring(0, size.columns()));
    }
  }

  boolean isFull() {
    return lines.size() == size.rows();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
