package dev.pingcheck.link;

import dev.pingcheck.link.proto.Lost;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Evidence;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.Strays;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    if (!report.pacing().equals(Pacing.ON_TIME)) {
      message.setPacing(PacingMessages.encode(report.pacing()));
    }
    if (!report.evidence().equals(Evidence.NONE)) {
      message.setEvidence(EvidenceMessages.encode(report.evidence()));
    }
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
              message.getAddressesList().stream().map(ReportMessages::decode).toList(),
              PacingMessages.decode(message.getPacing()),
              EvidenceMessages.decode(message.hasEvidence(), message.getEvidence())));
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
        .setAddressesLeftOut(resolution.addressesLeftOut())
        .build();
  }

  private static Resolution decode(dev.pingcheck.link.proto.Resolution message) {
    return new Resolution(
        Resolution.State.valueOf(withoutPrefix(message.getState(), STATE)),
        message.getDetail(),
        Times.decode(message.getAge()),
        message.getAddressesLeftOut());
  }

  private static dev.pingcheck.link.proto.AddressRound encode(AddressRound round) {
    var message =
        dev.pingcheck.link.proto.AddressRound.newBuilder()
            .setAddress(round.address())
            .setSent(round.sent())
            .setReceived(round.received())
            .addAllRtts(round.replies().rtts())
            .setKernelTimed(round.replies().kernelTimed());
    round.replies().timeToLive().ifPresent(message::setReplyTtl);
    round.strays().counts().forEach((kind, count) -> put(message, kind, count));
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

  private static void put(
      dev.pingcheck.link.proto.AddressRound.Builder message, StrayKind kind, int count) {
    switch (kind) {
      case LATE -> message.setLate(count);
      case DUPLICATE -> message.setDuplicate(count);
      case CORRUPT -> message.setCorrupt(count);
      case TRUNCATED -> message.setTruncated(count);
      case FORGED -> message.setForged(count);
      case FOREIGN -> message.setForeign(count);
      case REDIRECT -> message.setRedirect(count);
    }
  }

  private static Strays decodeStrays(dev.pingcheck.link.proto.AddressRound message) {
    Strays strays = Strays.NONE;
    for (StrayKind kind : StrayKind.values()) {
      int count =
          switch (kind) {
            case LATE -> message.getLate();
            case DUPLICATE -> message.getDuplicate();
            case CORRUPT -> message.getCorrupt();
            case TRUNCATED -> message.getTruncated();
            case FORGED -> message.getForged();
            case FOREIGN -> message.getForeign();
            case REDIRECT -> message.getRedirect();
          };
      strays = strays.and(kind, natural(count));
    }
    return strays;
  }

  private static Replies decodeReplies(dev.pingcheck.link.proto.AddressRound message) {
    message.getRttsList().forEach(ReportMessages::natural);
    return new Replies(
        message.hasReceived() ? natural(message.getReceived()) : message.getRttsCount(),
        message.getRttsList(),
        natural(message.getKernelTimed()),
        message.hasReplyTtl() ? OptionalInt.of(message.getReplyTtl()) : OptionalInt.empty(),
        message.hasLastReply()
            ? Optional.of(Times.decode(message.getLastReply()))
            : Optional.empty());
  }

  private static AddressRound decode(dev.pingcheck.link.proto.AddressRound message) {
    Map<LossReason, Integer> lost = new EnumMap<>(LossReason.class);
    for (Lost entry : message.getLostList()) {
      lost.merge(
          LossReason.valueOf(withoutPrefix(entry.getReason(), REASON)),
          natural(entry.getCount()),
          Math::addExact);
    }
    return new AddressRound(
        message.getAddress(),
        natural(message.getSent()),
        decodeReplies(message),
        lost,
        decodeStrays(message),
        message.hasLastTimeout()
            ? Optional.of(Times.decode(message.getLastTimeout()))
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
