package dev.pingcheck.operator;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/**
 * Gives meters of the libraries a description where they have none, and leaves out three whose
 * names break the rules of Prometheus, so that {@code promtool check metrics} is content with the
 * page.
 */
@Singleton
public class MeterWords implements MeterFilter {
  private static final Set<String> MISNAMED =
      Set.of("process.cpu.time", "system.cpu.count", "http.server.connections");

  private static final Map<String, String> BY_FIRST_WORD =
      Map.of(
          "reconciliations", "Turns of checks, as the Java Operator SDK counts them",
          "custom", "Checks that the Java Operator SDK keeps",
          "events", "Events that the Java Operator SDK has received",
          "operator", "What the Java Operator SDK counts",
          "http", "Requests for health and metrics");

  @Override
  public Meter.Id map(Meter.Id id) {
    String words = BY_FIRST_WORD.get(id.getName().split("[._]", 2)[0]);
    return id.getDescription() != null || words == null
        ? id
        : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), words, id.getType());
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return MISNAMED.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }
}
