package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.RttStatus;
import dev.pingcheck.crd.Thresholds;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds checks with a status. */
final class Statuses {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  final PingCheck check = new PingCheck();
  final PingCheckStatus status = new PingCheckStatus();
  final Thresholds thresholds = new Thresholds();
  private final List<Condition> conditions = new ArrayList<>();

  Statuses(String name) {
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("prod")
            .withName(name)
            .withUid("uid-" + name)
            .withGeneration(1L)
            .build());
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname("gw.example.com");
    spec.setThresholds(thresholds);
    check.setSpec(spec);
    check.setStatus(status);
  }

  /** Each as {@code Healthy False LossThresholdExceeded}, turned two minutes ago. */
  Statuses conditions(String... texts) {
    for (String text : texts) {
      String[] words = text.split(" ", -1);
      conditions.add(
          new ConditionBuilder()
              .withType(words[0])
              .withStatus(words[1])
              .withReason(words[2])
              .withMessage("Message of " + words[0] + ".")
              .withLastTransitionTime(NOW.minusSeconds(120).toString())
              .build());
    }
    status.setConditions(conditions);
    return this;
  }

  Statuses round(String id, int sent, int received, String avg) {
    RoundStatus round = new RoundStatus();
    round.setId(id);
    round.setStartTime(NOW.minusSeconds(12));
    round.setSent(sent);
    round.setReceived(received);
    round.setLossPercent(100 * (sent - received) / sent);
    if (avg != null) {
      RttStatus rtt = new RttStatus();
      rtt.setMin(avg);
      rtt.setAvg(avg);
      rtt.setMax(avg);
      rtt.setStdDev("0s");
      round.setRtt(rtt);
    }
    if (received < sent) {
      round.setLost(Map.of("Timeout", sent - received));
    }
    status.setLastRound(round);
    status.setAddress("192.0.2.1");
    return this;
  }

  Statuses inARow(int bad, int good) {
    status.setConsecutiveFailures(bad);
    status.setConsecutiveSuccesses(good);
    return this;
  }

  Statuses openOutage(String reason) {
    Outage outage = new Outage();
    outage.setReason(reason);
    outage.setStart(NOW.minusSeconds(180));
    status.setOutages(List.of(outage));
    return this;
  }
}
