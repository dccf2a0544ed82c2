package dev.pingcheck.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * When a probe has ended in good order: what another one needs to make up for the rounds that fall
 * between the two. Times are those of the wall clock, by which rounds are due.
 *
 * @param since rounds that were due by then have begun, later ones have not
 * @param brokenOff when rounds that were still under way were given up; empty if none were
 */
public record Interruption(Instant since, Optional<Instant> brokenOff) {}
