package dev.pingcheck.truth;

import dev.pingcheck.lab.tun.Script;
import dev.pingcheck.lab.tun.Targets;
import dev.pingcheck.stats.StrayKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds the engine's report against the ledger, request by request. */
final class Comparison {
  private static final int MOST_WORDS = 20;

  private final Script script;
  private final Ledger ledger;
  private final EchoReport report;
  private final List<String> words = new ArrayList<>();
  private long miscounts;
  private int unsure;
  private int unseen;

  Comparison(Script script, Ledger ledger, EchoReport report) {
    this.script = script;
    this.ledger = ledger;
    this.report = report;
  }

  /** Compares that many requests, from 0 on. */
  void requests(int count) {
    for (int ordinal = 0; ordinal < count; ordinal++) {
      request(ordinal);
    }
    if (report.settledAgain() > 0) {
      miscounted(report.settledAgain(), report.settledAgain() + " requests were settled twice");
    }
  }

  private void request(int ordinal) {
    if (report.outcomes().isOpen(ordinal)) {
      miscounted(1, text(ordinal) + "never settled");
    } else if (ledger.isUnseen(ordinal)) {
      unseen++;
      if (report.outcomes().isReceived(ordinal)) {
        miscounted(1, text(ordinal) + "received, though nobody ever saw it");
      }
    } else if (ledger.isUnsure(ordinal)) {
      unsure++;
    } else if (!isRight(ordinal)) {
      miscounted(
          1,
          text(ordinal)
              + String.format(
                  Locale.ROOT,
                  "must be %s with %s, is %s with %s",
                  ledger.outcomes().text(ordinal),
                  ledger.strays().text(ordinal),
                  report.outcomes().text(ordinal),
                  report.strays().text(ordinal)));
    }
  }

  /** Nobody says for which request a foreign reply is: they are compared in their total. */
  private boolean isRight(int ordinal) {
    return ledger.outcomes().isSame(ordinal, report.outcomes())
        && ledger.strays().isSame(ordinal, report.strays(), StrayKind.FOREIGN);
  }

  /** Compares the strays of a kind that are for no certain request. */
  void unattributed(StrayKind kind, long counted) {
    long must = ledger.unattributed(kind);
    long is = counted - report.strays().total(kind);
    if (kind == StrayKind.FOREIGN) {
      must += ledger.strays().total(kind);
      is = counted;
    }
    same("strays " + kind + " for no certain request", must, is);
  }

  /** Compares one figure. */
  void same(String what, long must, long is) {
    if (must != is) {
      miscounted(Math.abs(must - is), what + " must be " + must + ", is " + is);
    }
  }

  /**
   * Adds a figure that helps to explain miscounts, if there are any; it may differ by the unsure.
   */
  void hint(String what, long must, long is) {
    if (miscounts > 0) {
      words.add(what + ": by the lab " + must + ", by the engine " + is);
    }
  }

  private String text(int ordinal) {
    return "request "
        + ordinal
        + " ("
        + (Targets.isIpv6(ordinal) ? "IPv6 " : "IPv4 ")
        + script.deed(ordinal)
        + "): ";
  }

  private void miscounted(long count, String sentence) {
    miscounts += count;
    if (words.size() < MOST_WORDS) {
      words.add(sentence);
    }
  }

  long miscounts() {
    return miscounts;
  }

  /** Requests of which the lab could not say what is right. */
  int unsure() {
    return unsure;
  }

  /** Requests that never came to the lab. */
  int unseen() {
    return unseen;
  }

  /** The first miscounts, each in a sentence. */
  List<String> words() {
    return words;
  }
}
