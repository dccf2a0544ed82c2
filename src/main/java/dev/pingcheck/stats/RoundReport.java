package dev.pingcheck.stats;

import java.time.Instant;
import java.util.List;

/**
 * What one round of one check found, complete and final: every echo request in it is settled.
 *
 * @param checkUid the UID of the PingCheck
 * @param generation the generation of the spec that the round followed
 * @param id which round of which probe; tells a report that is told twice
 * @param startTime wall-clock time of the round's start
 * @param endTime wall-clock time when its last echo was settled; not before the start
 * @param resolution how the name became addresses
 * @param addresses the figures an address, in the order of the resolution; empty when the name has
 *     none
 * @param pacing how well the probe kept to the check's times
 * @param evidence whether the round's packets can be asked for
 */
public record RoundReport(
    String checkUid,
    long generation,
    RoundId id,
    Instant startTime,
    Instant endTime,
    Resolution resolution,
    List<AddressRound> addresses,
    Pacing pacing,
    Evidence evidence) {

  public RoundReport {
    addresses = List.copyOf(addresses);
  }

  /** A round whose packets nobody asks for. */
  public RoundReport(
      String checkUid,
      long generation,
      RoundId id,
      Instant startTime,
      Instant endTime,
      Resolution resolution,
      List<AddressRound> addresses,
      Pacing pacing) {
    this(
        checkUid, generation, id, startTime, endTime, resolution, addresses, pacing, Evidence.NONE);
  }
}
