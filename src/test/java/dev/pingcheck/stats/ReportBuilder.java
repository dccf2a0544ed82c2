package dev.pingcheck.stats;

import java.time.Instant;
import java.util.List;

/** A report like another one, but for what is said. */
public final class ReportBuilder {
  private String checkUid;
  private final long generation;
  private RoundId id;
  private Instant startTime;
  private Instant endTime;
  private Resolution resolution;
  private List<AddressRound> addresses;
  private Pacing pacing;
  private Evidence evidence;

  private ReportBuilder(RoundReport of) {
    checkUid = of.checkUid();
    generation = of.generation();
    id = of.id();
    startTime = of.startTime();
    endTime = of.endTime();
    resolution = of.resolution();
    addresses = of.addresses();
    pacing = of.pacing();
    evidence = of.evidence();
  }

  public static ReportBuilder like(RoundReport of) {
    return new ReportBuilder(of);
  }

  public ReportBuilder of(String uid) {
    checkUid = uid;
    return this;
  }

  public ReportBuilder by(String probe) {
    id = new RoundId(probe, id.number());
    return this;
  }

  public ReportBuilder between(Instant start, Instant end) {
    startTime = start;
    endTime = end;
    return this;
  }

  public ReportBuilder with(Resolution how) {
    resolution = how;
    return this;
  }

  public ReportBuilder with(AddressRound... each) {
    addresses = List.of(each);
    return this;
  }

  public ReportBuilder with(Pacing kept) {
    pacing = kept;
    return this;
  }

  public ReportBuilder with(Evidence of) {
    evidence = of;
    return this;
  }

  public RoundReport build() {
    return new RoundReport(
        checkUid, generation, id, startTime, endTime, resolution, addresses, pacing, evidence);
  }
}
