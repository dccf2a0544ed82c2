package dev.pingcheck.truth;

import java.time.Duration;
import java.util.List;

/**
 * What one run is to be.
 *
 * @param sockets through which the engine works
 * @param seed of the script and of the engine's identifiers
 * @param requests in all, of both families by turns
 * @param window the most that are unsettled at once
 */
record TruthPlan(SocketKind sockets, long seed, int requests, int window) {
  /** How long each request waits; no delay of the lab is near it. */
  static final long TIMEOUT = Duration.ofMillis(600).toNanos();

  static TruthPlan parse(String... arguments) {
    return new TruthPlan(
        SocketKind.valueOf(arguments[0]),
        Long.parseLong(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
  }

  List<String> arguments() {
    return List.of(
        sockets.name(), Long.toString(seed), Integer.toString(requests), Integer.toString(window));
  }
}
