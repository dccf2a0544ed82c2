package dev.pingcheck.report;

import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.RoundReport;

/** Sees what is told of checks, and which of them are gone; must be quick. */
public interface CheckWatch {
  /** Sees nothing. */
  CheckWatch NOBODY =
      new CheckWatch() {
        @Override
        public void round(RoundReport report) {}

        @Override
        public void event(String uid, UnconfirmedEvent said) {}

        @Override
        public void forget(String uid) {}
      };

  /** A round has ended that is news. */
  void round(RoundReport report);

  /** The API server has an event of that check; one that is said again is seen again. */
  void event(String uid, UnconfirmedEvent said);

  /** A check is gone. */
  void forget(String uid);
}
