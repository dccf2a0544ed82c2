package dev.pingcheck.cli.kubectl;

/** What {@code -o} chooses. */
enum OutputForm {
  TEXT,
  JSON
}
