package dev.pingcheck.operator;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/**
 * Gives every {@code operator.sdk.events.received} meter an {@code action} tag. The SDK registers
 * them with and without; a Prometheus registry refuses the second form by an exception, which ends
 * the timer behind every rescheduled reconciliation.
 */
@Singleton
public class ActionTagFilter implements MeterFilter {

  @Override
  public Meter.Id map(Meter.Id id) {
    boolean lacksAction = id.getName().endsWith("events.received") && id.getTag("action") == null;
    return lacksAction ? id.withTag(Tag.of("action", "none")) : id;
  }
}
