package dev.pingcheck.docs;

import java.util.Arrays;
import java.util.Optional;

/** What an HTML comment before a block, or before the first heading of a page, says of it. */
enum Mark {
  /** {@code <!-- not run: REASON -->}: nobody runs or applies it, and why. */
  NOT_RUN("not run"),

  /** {@code <!-- run by: CLASS -->}: another test runs it, named with its package. */
  RUN_BY("run by"),

  /** {@code <!-- fails: TEXT -->}: the last command of the block fails and says TEXT. */
  FAILS("fails"),

  /** {@code <!-- file: NAME -->}: commands below find the block as a file of that name. */
  FILE("file"),

  /**
   * {@code <!-- starts from: an empty cluster -->}: the page installs PingCheck itself; {@code the
   * examples}: the checks of examples/ are there.
   */
  STARTS_FROM("starts from");

  private final String word;

  Mark(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** The mark whose comment begins with this word. */
  static Optional<Mark> of(String word) {
    return Arrays.stream(values()).filter(mark -> mark.word.equals(word)).findFirst();
  }
}
