package dev.pingcheck.engine.wire;

import dev.pingcheck.engine.wire.IcmpDecoder.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.pcap4j.util.ByteArrays;

/**
 * What Jazzer runs with each of its inputs: the first octet says by which door the rest comes into
 * the decoder. Memory ends where the packet ends, so that reading too far throws, and what may be
 * asked of a verdict is asked. Some of the readable packets are read by pcap4j as well.
 */
public final class DecoderFuzz {
  private static final int DOORS = 3;
  private static final int QUOTE = 3;
  private static final int IPV6 = 2;
  private static final int CUT_OFF = 1 << 2;
  private static final int SEAL = 1 << 3;
  private static final int QUOTE_OF_IPV6 = 1 << 4;
  private static final int LENGTH_TOO_GREAT = 1 << 5;

  /** One in so many readable packets, as pcap4j takes a hundred times as long. */
  private static final int COMPARED = 64;

  private static final IcmpDecoder DECODER = new IcmpDecoder();
  private static final QuotedRequest QUOTED = new QuotedRequest();
  private static final long[] VERDICTS = new long[Verdict.values().length];
  private static long inputs;
  private static long quotes;
  private static long compared;

  /** Keeps the compiler from leaving out what nobody looks at. */
  private static volatile long sum;

  private DecoderFuzz() {}

  /** Jazzer's way in. */
  public static void fuzzerTestOneInput(byte[] input) {
    inputs++;
    if (input.length == 0) {
      return;
    }
    int door = input[0];
    byte[] packet = Arrays.copyOfRange(input, 1, input.length);
    if ((door & SEAL) != 0) {
      seal(door & DOORS, packet);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octets = arena.allocate(packet.length);
      octets.copyFrom(MemorySegment.ofArray(packet));
      enter(door, octets.asReadOnly(), packet);
    }
  }

  /** Jazzer's way out. */
  public static void fuzzerTearDown() {
    System.out.println("inputs=" + inputs);
    for (Verdict verdict : Verdict.values()) {
      System.out.println(verdict + "=" + VERDICTS[verdict.ordinal()]);
    }
    System.out.println("quotes=" + quotes);
    System.out.println("compared=" + compared);
  }

  private static void enter(int door, MemorySegment octets, byte[] packet) {
    long length = packet.length + ((door & LENGTH_TOO_GREAT) != 0 ? 7 : 0);
    boolean cutOff = (door & CUT_OFF) != 0;
    switch (door & DOORS) {
      case QUOTE -> quote(door, octets, length);
      case IPV6 ->
          judge(IcmpVersion.ICMPV6, DECODER.decodeIpv6(octets, length, cutOff), door, packet);
      case 1 ->
          judge(
              IcmpVersion.ICMPV4, DECODER.decodeIpv4Message(octets, length, cutOff), door, packet);
      default -> judge(IcmpVersion.ICMPV4, DECODER.decodeIpv4(octets, length), door, packet);
    }
  }

  private static void quote(int door, MemorySegment octets, long length) {
    IcmpVersion version = (door & QUOTE_OF_IPV6) == 0 ? IcmpVersion.ICMPV4 : IcmpVersion.ICMPV6;
    if (QUOTED.readMessage(version, octets, length, 1, 2)) {
      quotes++;
      ask(QUOTED);
    }
  }

  private static void judge(IcmpVersion version, Verdict verdict, int door, byte[] packet) {
    VERDICTS[verdict.ordinal()]++;
    ask(verdict);
    if (verdict != Verdict.IGNORED && inputs % COMPARED == 0 && !isCutOff(door, packet)) {
      compare(version, verdict, door, packet);
    }
  }

  /** Everything that the verdict allows, and what is always allowed. */
  private static void ask(Verdict verdict) {
    long told = DECODER.type() + DECODER.code() + DECODER.timeToLive() + DECODER.messageSize();
    told += DECODER.identifier() + DECODER.sequence();
    switch (verdict) {
      case REPLY ->
          told +=
              DECODER.cookie()
                  + DECODER.number()
                  + (DECODER.isIntact(PayloadPattern.COUNTING) ? 1 : 0);
      case ERROR -> {
        told += DECODER.mtu();
        ask(DECODER.quote());
      }
      case REDIRECT -> {
        told += DECODER.gatewayHigh() + DECODER.gatewayLow();
        ask(DECODER.quote());
      }
      case CORRUPT, TRUNCATED -> require(DECODER.identifier() >= 0 && DECODER.sequence() >= 0);
      case IGNORED -> require(DECODER.identifier() == IcmpDecoder.UNKNOWN);
    }
    sum = told;
  }

  private static void ask(QuotedRequest quote) {
    require(quote.identifier() >>> 16 == 0 && quote.sequence() >>> 16 == 0);
    require(quote.hasCookie() || (quote.cookie() | quote.number()) == 0);
    sum = quote.destinationHigh() + quote.destinationLow();
  }

  private static void require(boolean so) {
    if (!so) {
      throw new IllegalStateException("the decoder told what cannot be");
    }
  }

  private static void compare(IcmpVersion version, Verdict verdict, int door, byte[] packet) {
    boolean withHeader = (door & DOORS) == 0;
    byte[] message =
        withHeader ? Arrays.copyOfRange(packet, start(packet), totalLength(packet)) : packet;
    Optional<PcapMessage> read =
        withHeader ? PcapMessage.ofIpv4(packet) : PcapMessage.ofMessage(version, packet);
    boolean quotes = verdict == Verdict.ERROR || verdict == Verdict.REDIRECT;
    // Of a quote whose IP header states an impossible length pcap4j reads nothing.
    if (read.isPresent()
        && read.get().isWhole(message)
        && !(quotes && read.get().quote().isEmpty())) {
      compared++;
      new PcapOracle(version, DECODER).compare(verdict, read);
    }
  }

  private static int start(byte[] packet) {
    return packet.length == 0 ? 0 : (packet[0] & 0xf) * 4;
  }

  /** Whether the packet is longer than what came of it. */
  private static boolean isCutOff(int door, byte[] packet) {
    return (door & DOORS) == 0 ? totalLength(packet) > packet.length : (door & CUT_OFF) != 0;
  }

  private static int totalLength(byte[] packet) {
    return packet.length < 4 ? 0 : (packet[2] & 0xff) << 8 | packet[3] & 0xff;
  }

  /** A right checksum, which nobody hits by chance. */
  private static void seal(int door, byte[] packet) {
    int start = door == 0 ? start(packet) : 0;
    int end = door == 0 ? Math.min(packet.length, totalLength(packet)) : packet.length;
    if (end - start < EchoFormat.HEADER_SIZE) {
      return;
    }
    packet[start + EchoFormat.CHECKSUM] = 0;
    packet[start + EchoFormat.CHECKSUM + 1] = 0;
    short checksum = ByteArrays.calcChecksum(Arrays.copyOfRange(packet, start, end));
    packet[start + EchoFormat.CHECKSUM] = (byte) (checksum >> 8);
    packet[start + EchoFormat.CHECKSUM + 1] = (byte) checksum;
  }
}
