package dev.pingcheck.link;

import java.time.Instant;

/** Whether a probe on the network is let in. */
public sealed interface Admission {

  /**
   * It is.
   *
   * @param placement where it stands, which is proved
   * @param until when the proof ends, and the stream with it
   */
  record Admitted(Placement placement, Instant until) implements Admission {}

  /**
   * It is not.
   *
   * @param sentence what the probe is told; it says nothing that helps to guess
   */
  record Refused(RefusalReason reason, String sentence) implements Admission {}
}
