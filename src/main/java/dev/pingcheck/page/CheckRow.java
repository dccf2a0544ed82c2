package dev.pingcheck.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pingcheck.crd.Headline;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import java.io.IOException;
import java.time.Instant;

/**
 * One check as a line of the list: an array whose order is the order here, as ten thousand of them
 * go to a browser that has just come.
 *
 * @param uid names it for ever
 */
record CheckRow(String uid, PingCheck check, PingCheckStatus status, Headline headline) {

  static CheckRow of(PingCheck check, PingCheckStatus status) {
    return new CheckRow(check.getMetadata().getUid(), check, status, Headline.of(status));
  }

  void write(JsonGenerator to) throws IOException {
    to.writeStartArray();
    to.writeString(uid);
    to.writeString(check.getMetadata().getNamespace());
    to.writeString(check.getMetadata().getName());
    to.writeString(check.getSpec() == null ? null : check.getSpec().getHostname());
    to.writeString(status.getAddress());
    to.writeString(headline.state().word());
    to.writeString(headline.reason());
    RoundStatus round = status.getLastRound();
    Integer loss = round == null ? null : round.getLossPercent();
    if (loss == null) {
      to.writeNull();
    } else {
      to.writeNumber(loss);
    }
    to.writeString(round == null || round.getRtt() == null ? null : round.getRtt().getAvg());
    write(to, round == null ? null : round.getStartTime());
    to.writeString(headline.since().orElse(null));
    Integer sources = status.getSourceCount();
    to.writeNumber(sources == null ? 0 : sources);
    to.writeEndArray();
  }

  private static void write(JsonGenerator to, Instant time) throws IOException {
    if (time == null) {
      to.writeNull();
    } else {
      to.writeNumber(time.toEpochMilli());
    }
  }
}
