package dev.pingcheck.engine;

import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.stats.RoundId;
import java.time.Instant;
import java.util.List;

/**
 * A round that has ended with losses.
 *
 * @param check whose round it was
 * @param id which round
 * @param startTime wall-clock time
 * @param endTime wall-clock time
 * @param echoes all its requests, in the order in which they were settled
 */
public record RoundTrace(
    CheckRef check, RoundId id, Instant startTime, Instant endTime, List<EchoTrace> echoes) {
  public RoundTrace {
    echoes = List.copyOf(echoes);
  }
}
