package dev.pingcheck.cli.ping;

import dev.pingcheck.log.SafeText;
import java.io.PrintWriter;

/**
 * Where lines go.
 *
 * @param out what was asked for
 * @param err what this machine could not do
 */
record Terminal(PrintWriter out, PrintWriter err) {

  /** Prints one sentence, made fit for a terminal. */
  void complain(String sentence) {
    err.println("pingcheck ping: " + SafeText.of(sentence));
    err.flush();
  }
}
