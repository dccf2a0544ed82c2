package dev.pingcheck.capture;

import dev.pingcheck.capture.PcapngWriter.Direction;
import dev.pingcheck.engine.EchoTrace;
import dev.pingcheck.engine.RoundTrace;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.stats.LossReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The file of one round: its requests, the replies and errors that came for them, and of each what
 * the probe made of it.
 */
final class RoundFile {

  /** Octets from the IP header on: headers, cookie and number, and what an error quotes of them. */
  static final int SNAP_LENGTH = 256;

  /** No file is larger than 512 KiB; what came later is left out, and the file says so. */
  static final int MOST_PACKETS = 1200;

  private final RoundTrace round;
  private final Map<Long, EchoTrace> byNumber = new HashMap<>();
  private final Map<Key, EchoTrace> byKey = new HashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final Map<Place, Integer> devices = new HashMap<>();

  /** Where one kind of packet of a request was first seen. */
  private record Place(EchoTrace echo, Sight.Kind kind) {}

  private record Key(boolean isIpv6, int identifier, int sequence) {}

  private record Found(CapturedPacket packet, EchoTrace echo) {}

  /**
   * @param packets all that were seen since the round's start, in the order in which they came
   */
  RoundFile(RoundTrace round, List<CapturedPacket> packets) {
    this.round = round;
    for (EchoTrace echo : round.echoes()) {
      boolean isIpv6 = echo.peer().family() == IpFamily.IPV6;
      byNumber.put(echo.number(), echo);
      byKey.put(new Key(isIpv6, echo.identifier(), echo.sequence()), echo);
    }
    packets.forEach(packet -> echo(packet.sight()).ifPresent(echo -> take(packet, echo)));
    found.sort(Comparator.comparingLong(one -> one.packet.raw().epochNanos()));
  }

  private Optional<EchoTrace> echo(Sight sight) {
    EchoTrace echo =
        sight.number() == Sight.UNKNOWN
            ? byKey.get(new Key(sight.isIpv6(), sight.identifier(), sight.sequence()))
            : byNumber.get(sight.number());
    return Optional.ofNullable(echo)
        .filter(e -> e.identifier() == sight.identifier() && e.sequence() == sight.sequence())
        .filter(e -> sight.kind() == Sight.Kind.REPLY || isOf(e.peer(), sight));
  }

  private static boolean isOf(Peer peer, Sight sight) {
    return (peer.family() == IpFamily.IPV6) == sight.isIpv6()
        && peer.matches(sight.high(), sight.low(), 0);
  }

  /** A packet that passes several interfaces, as of a bridge, is one packet. */
  private void take(CapturedPacket packet, EchoTrace echo) {
    int first =
        devices.computeIfAbsent(
            new Place(echo, packet.sight().kind()), place -> packet.raw().device());
    if (first == packet.raw().device()) {
      found.add(new Found(packet, echo));
    }
  }

  /**
   * Writes it.
   *
   * @param names of the interfaces by their index
   */
  byte[] write(IntFunction<String> names) {
    List<Found> fitting = found.subList(0, Math.min(found.size(), MOST_PACKETS));
    PcapngWriter file = new PcapngWriter(title(found.size() - fitting.size()), SNAP_LENGTH);
    Set<EchoTrace> replied = new HashSet<>();
    for (Found one : fitting) {
      boolean isOut = one.packet.sight().kind() == Sight.Kind.REQUEST;
      file.packet(
          one.packet.raw(),
          names.apply(one.packet.raw().device()),
          isOut ? Direction.OUT : Direction.IN,
          comment(one, replied));
    }
    return file.toFile();
  }

  private String title(int leftOut) {
    long lost = round.echoes().stream().filter(echo -> echo.lost().isPresent()).count();
    long unseen = round.echoes().stream().filter(this::isUnseen).count();
    return "%s/%s, round %s from %s to %s: %d requests, %d lost.%s%s"
        .formatted(
            round.check().namespace(),
            round.check().name(),
            round.id(),
            round.startTime(),
            round.endTime(),
            round.echoes().size(),
            lost,
            unseen == 0 ? "" : " The packets of " + unseen + " requests were not kept.",
            leftOut == 0 ? "" : " " + leftOut + " later packets did not fit.");
  }

  private boolean isUnseen(EchoTrace echo) {
    boolean left = echo.lost().filter(LossReason::isLocal).isEmpty();
    return left && !devices.containsKey(new Place(echo, Sight.Kind.REQUEST));
  }

  private static String comment(Found one, Set<EchoTrace> replied) {
    EchoTrace echo = one.echo;
    String request = "request " + (echo.ordinal() + 1);
    return switch (one.packet.sight().kind()) {
      case REQUEST ->
          request + echo.lost().map(reason -> ": lost, " + words(reason)).orElse(": answered");
      case ERROR -> "error about " + request;
      case REPLY -> {
        if (!isOf(echo.peer(), one.packet.sight())) {
          yield "reply to " + request + " from another address, not counted";
        }
        if (!replied.add(echo)) {
          yield "duplicate reply to " + request;
        }
        yield (echo.lost().isPresent() ? "late reply to " : "reply to ") + request;
      }
    };
  }

  private static String words(LossReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
