package dev.pingcheck.engine;

import dev.pingcheck.engine.wire.EchoRequest;
import dev.pingcheck.engine.wire.IcmpVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.pcap4j.util.ByteArrays;

/** Packets as hosts and routers send them, built without the code under test. */
public final class TestPackets {
  private TestPackets() {}

  /** The one that the code under test writes. */
  public static byte[] request(
      IcmpVersion version, int identifier, int sequence, long number, long cookie, int payload) {
    MemorySegment buffer = Arena.ofAuto().allocate(8 + payload);
    EchoRequest request = new EchoRequest(buffer);
    request.seal(request.write(version, identifier, sequence, number, cookie, payload));
    return buffer.toArray(ValueLayout.JAVA_BYTE);
  }

  /** What a host answers to a request: another type, another checksum. */
  public static byte[] reply(byte[] request) {
    byte[] reply = request.clone();
    reply[0] = (byte) (request[0] == 8 ? 0 : 129);
    return sealed(reply);
  }

  /** The message with a right ICMPv4 checksum. */
  public static byte[] sealed(byte[] message) {
    ByteBuffer.wrap(message).putShort(2, (short) 0);
    ByteBuffer.wrap(message).putShort(2, ByteArrays.calcChecksum(message));
    return message;
  }

  /** An error as routers and hosts send it. */
  public static byte[] error(int type, int code, int rest, byte[] quote) {
    ByteBuffer message = ByteBuffer.allocate(8 + quote.length);
    message.put((byte) type).put((byte) code).putShort((short) 0).putInt(rest).put(quote);
    return sealed(message.array());
  }

  /** A redirect to that router, with the packet in its Redirected Header option (RFC 4861). */
  public static byte[] redirectIpv6(long routerHigh, long routerLow, byte[] quote) {
    int words = (quote.length + 15) / 8;
    ByteBuffer message = ByteBuffer.allocate(40 + words * 8);
    message.put((byte) 137).put((byte) 0).putShort((short) 0).putInt(0);
    message.putLong(routerHigh).putLong(routerLow).putLong(0x20010db800000000L).putLong(1);
    message.put((byte) 4).put((byte) words).putShort((short) 0).putInt(0).put(quote);
    return sealed(message.array());
  }

  /** The message behind an IPv4 header of 20 octets. */
  public static byte[] ipv4(byte[] message, int ttl) {
    ByteBuffer packet = ByteBuffer.allocate(20 + message.length);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity()).putInt(0);
    packet.put((byte) ttl).put((byte) 1).putShort((short) 0).putInt(0x0a000001).putInt(0x0a000002);
    return packet.put(message).array();
  }

  public static byte[] ipv4To(byte[] message, int destination) {
    byte[] packet = ipv4(message, 63);
    ByteBuffer.wrap(packet).putInt(16, destination);
    return packet;
  }

  /** The message behind an IPv6 header, and behind a fragment header if asked for. */
  public static byte[] ipv6To(byte[] message, long high, long low, boolean fragment) {
    int extra = fragment ? 8 : 0;
    ByteBuffer packet = ByteBuffer.allocate(40 + extra + message.length);
    packet.putInt(6 << 28).putShort((short) (message.length + extra));
    packet.put((byte) (fragment ? 44 : 58)).put((byte) 63);
    packet.putLong(0x20010db800000000L).putLong(99).putLong(high).putLong(low);
    if (fragment) {
      packet.put((byte) 58).put((byte) 0).putShort((short) 1).putInt(4711);
    }
    return packet.put(message).array();
  }
}
