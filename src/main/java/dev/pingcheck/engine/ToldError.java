package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendNotices;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.engine.wire.IcmpVersion;
import dev.pingcheck.engine.wire.QuotedRequest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A copy of an ICMP error that the kernel told by its error queue, kept until the packets that came
 * before it are read.
 */
final class ToldError {
  final long stamp;
  private final IpFamily family;
  private final int type;
  private final int code;
  private final int info;
  private final long offenderHigh;
  private final long offenderLow;
  private final long destinationHigh;
  private final long destinationLow;
  private final MemorySegment octets;

  ToldError(IpFamily family, SendNotices notices, int index) {
    this.family = family;
    stamp = notices.kernelStamp(index);
    type = notices.type(index);
    code = notices.code(index);
    info = notices.mtu(index);
    offenderHigh = notices.offenderHigh(index);
    offenderLow = notices.offenderLow(index);
    destinationHigh = notices.destinationHigh(index);
    destinationLow = notices.destinationLow(index);
    long length = Math.min(notices.length(index), notices.octets(index).byteSize());
    octets =
        MemorySegment.ofArray(
            notices.octets(index).asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  boolean isError() {
    return version().isError(type);
  }

  boolean isRedirect() {
    return version().isRedirect(type);
  }

  /** Whether it quotes an echo request, which then stands in {@code quote}. */
  boolean readInto(QuotedRequest quote) {
    return quote.readMessage(version(), octets, octets.byteSize(), destinationHigh, destinationLow);
  }

  /** Fills in what an arrival tells of a packet. */
  void describe(Arrival arrival) {
    arrival.sourceHigh = offenderHigh;
    arrival.sourceLow = offenderLow;
    arrival.sourceScope = 0;
    arrival.size = EchoFormat.HEADER_SIZE + (int) octets.byteSize();
    arrival.timeToLive = Arrival.UNKNOWN;
    arrival.type = type;
    arrival.code = code;
    arrival.mtu = isError() ? info : 0;
    // A redirect's router stands there in network byte order.
    arrival.gatewayHigh = 0;
    arrival.gatewayLow = Integer.toUnsignedLong(Integer.reverseBytes(info));
  }

  private IcmpVersion version() {
    return family == IpFamily.IPV4 ? IcmpVersion.ICMPV4 : IcmpVersion.ICMPV6;
  }
}
