package dev.pingcheck.capture;

import dev.pingcheck.capture.PacketSource.RawPacket;
import dev.pingcheck.engine.EchoTrace;
import dev.pingcheck.engine.RoundTrace;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.RoundId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Packets of echoes as they stand on the wire, and rounds that have sent them. */
final class Packets {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final String HOST = "192.0.2.1";
  static final String OURS = "198.51.100.1";
  static final int IDENTIFIER = 0x1234;
  static final long MARKED = 0x5a5a_0000_0000_0000L;

  private Packets() {}

  /** An IPv4 echo: type 8 or 0, number and sequence. */
  static byte[] ipv4(int type, String from, String to, int sequence) {
    return echo(ipv4Header(from, to), type, IDENTIFIER, sequence);
  }

  static byte[] ipv6(int type, String from, String to, int sequence) {
    return echo(ipv6Header(58, from, to), type, IDENTIFIER, sequence);
  }

  private static byte[] echo(byte[] header, int type, int identifier, int sequence) {
    ByteBuffer packet = ByteBuffer.allocate(header.length + 32).put(header);
    packet.put((byte) type).put((byte) 0).putShort((short) 0);
    packet.putShort((short) identifier).putShort((short) sequence);
    packet.putLong(0x1122334455667788L).putLong(MARKED | sequence).putLong(7);
    return packet.array();
  }

  /** Another program's request, of the same look. */
  static byte[] foreign(String from, String to, int identifier) {
    return echo(ipv4Header(from, to), 8, identifier, 1);
  }

  /** An error of a router about a packet of which it quotes so many octets. */
  static byte[] ipv4Error(int type, String router, byte[] about, int quoted) {
    byte[] header = ipv4Header(router, OURS);
    return error(header, type, about, quoted);
  }

  static byte[] ipv6Error(int type, String router, byte[] about, int quoted) {
    return error(ipv6Header(58, router, "2001:db8::9"), type, about, quoted);
  }

  private static byte[] error(byte[] header, int type, byte[] about, int quoted) {
    return ByteBuffer.allocate(header.length + 8 + quoted)
        .put(header)
        .put((byte) type)
        .put((byte) 1)
        .position(header.length + 8)
        .put(about, 0, quoted)
        .array();
  }

  private static byte[] ipv4Header(String from, String to) {
    return ByteBuffer.allocate(20)
        .put((byte) 0x45)
        .position(9)
        .put((byte) 1)
        .position(12)
        .put(octets(from))
        .put(octets(to))
        .array();
  }

  static byte[] ipv6Header(int next, String from, String to) {
    return ByteBuffer.allocate(40)
        .put((byte) 0x60)
        .position(6)
        .put((byte) next)
        .put((byte) 64)
        .put(octets(from))
        .put(octets(to))
        .array();
  }

  private static byte[] octets(String address) {
    return peerAddress(address).getAddress();
  }

  private static InetAddress peerAddress(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** A packet on eth0 (interface 2) so many milliseconds after the start. */
  static RawPacket raw(int millis, byte[] octets) {
    return raw(millis, 2, octets);
  }

  static RawPacket raw(int millis, int device, byte[] octets) {
    long start = START.getEpochSecond() * 1_000_000_000L;
    return new RawPacket(start + millis * 1_000_000L, device, octets, octets.length);
  }

  static CapturedPacket captured(RawPacket raw) {
    return new CapturedPacket(raw, Sight.of(raw.octets()).orElseThrow());
  }

  static EchoTrace answered(String host, int sequence) {
    return trace(host, sequence, Optional.empty());
  }

  static EchoTrace lost(String host, int sequence) {
    return trace(host, sequence, Optional.of(LossReason.TIMEOUT));
  }

  static EchoTrace trace(String host, int sequence, Optional<LossReason> lost) {
    return new EchoTrace(
        Peer.of(peerAddress(host)), sequence - 1, MARKED | sequence, IDENTIFIER, sequence, lost);
  }

  static RoundTrace round(String uid, long number, EchoTrace... echoes) {
    return new RoundTrace(
        new CheckRef(uid, "team", "gateway", 1),
        new RoundId("9f3c21aa", number),
        START,
        START.plusSeconds(2),
        List.of(echoes));
  }
}
