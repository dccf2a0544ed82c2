package dev.pingcheck.link;

import dev.pingcheck.stats.ProbeHealth;

/** Hears which probes there are and how they are, on the link's thread; must not block. */
public interface ProbeWatch {
  /** Of somebody who does not care. */
  ProbeWatch NONE =
      new ProbeWatch() {
        @Override
        public void joined(Placement at, String probe) {}

        @Override
        public void told(Placement at, String probe, ProbeHealth health) {}

        @Override
        public void left(Placement at, String probe) {}
      };

  /**
   * A stream was opened.
   *
   * @param probe the name that it gave itself at its start
   */
  void joined(Placement at, String probe);

  /** A connected probe says how it is. */
  void told(Placement at, String probe, ProbeHealth health);

  /** Its stream has ended, and it has opened no newer one. */
  void left(Placement at, String probe);
}
