package dev.pingcheck.link;

import dev.pingcheck.link.proto.Lost;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reports as messages and back. */
final class ReportMessages {
  private static final String REASON = "REASON_";
  private static final String STATE = "STATE_";

  private ReportMessages() {}

  /** The message, but for the sequence number that the buffer gives. */
  static Report.Builder encode(RoundReport report) {
    Report.Builder message =
        Report.newBuilder()
            .setUid(report.checkUid())
            .setGeneration(report.generation())
            .setProbe(report.id().probe())
            .setRound(report.id().number())
            .setStartTime(Times.encode(report.startTime()))
            .setEndTime(Times.encode(report.endTime()))
            .setResolution(encode(report.resolution()));
    report.addresses().forEach(round -> message.addAddresses(encode(round)));
    return message;
  }

  /** The report, unless a value is missing, contradicts another or is newer than this program. */
  static Optional<RoundReport> decode(Report message) {
    if (message.getUid().isEmpty() || message.getProbe().isEmpty() || message.getRound() < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RoundReport(
              message.getUid(),
              message.getGeneration(),
              new RoundId(message.getProbe(), message.getRound()),
              Times.decode(message.getStartTime()),
              Times.decode(message.getEndTime()),
              decode(message.getResolution()),
              message.getAddressesList().stream().map(ReportMessages::decode).toList()));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException malformed) {
      return Optional.empty();
    }
  }

  private static dev.pingcheck.link.proto.Resolution encode(Resolution resolution) {
    return dev.pingcheck.link.proto.Resolution.newBuilder()
        .setState(
            dev.pingcheck.link.proto.Resolution.State.valueOf(STATE + resolution.state().name()))
        .setDetail(resolution.detail())
        .setAge(Times.encode(resolution.age()))
        .build();
  }

  private static Resolution decode(dev.pingcheck.link.proto.Resolution message) {
    return new Resolution(
        Resolution.State.valueOf(withoutPrefix(message.getState(), STATE)),
        message.getDetail(),
        Times.decode(message.getAge()));
  }

  private static dev.pingcheck.link.proto.AddressRound encode(AddressRound round) {
    var message =
        dev.pingcheck.link.proto.AddressRound.newBuilder()
            .setAddress(round.address())
            .setSent(round.sent())
            .addAllRtts(round.rtts())
            .setLate(round.strays().late())
            .setDuplicate(round.strays().duplicate())
            .setCorrupt(round.strays().corrupt())
            .setForeign(round.strays().foreign());
    round.lost().forEach((reason, count) -> message.addLost(encode(reason, count)));
    round.lastTimeout().ifPresent(time -> message.setLastTimeout(Times.encode(time)));
    round.lastReply().ifPresent(time -> message.setLastReply(Times.encode(time)));
    return message.build();
  }

  private static Lost encode(LossReason reason, int count) {
    return Lost.newBuilder()
        .setReason(Lost.Reason.valueOf(REASON + reason.name()))
        .setCount(count)
        .build();
  }

  private static AddressRound decode(dev.pingcheck.link.proto.AddressRound message) {
    Map<LossReason, Integer> lost = new EnumMap<>(LossReason.class);
    for (Lost entry : message.getLostList()) {
      lost.merge(
          LossReason.valueOf(withoutPrefix(entry.getReason(), REASON)),
          natural(entry.getCount()),
          Math::addExact);
    }
    message.getRttsList().forEach(ReportMessages::natural);
    return new AddressRound(
        message.getAddress(),
        natural(message.getSent()),
        message.getRttsList(),
        lost,
        new Strays(
            natural(message.getLate()),
            natural(message.getDuplicate()),
            natural(message.getCorrupt()),
            natural(message.getForeign())),
        message.hasLastTimeout()
            ? Optional.of(Times.decode(message.getLastTimeout()))
            : Optional.empty(),
        message.hasLastReply()
            ? Optional.of(Times.decode(message.getLastReply()))
            : Optional.empty());
  }

  private static String withoutPrefix(Enum<?> constant, String prefix) {
    return constant.name().startsWith(prefix)
        ? constant.name().substring(prefix.length())
        : constant.name();
  }

  private static <N extends Number> N natural(N value) {
    if (value.longValue() < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    return value;
  }
}
