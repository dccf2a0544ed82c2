package dev.pingcheck.bench.micro;

import dev.pingcheck.engine.wire.EchoCookie;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.engine.wire.EchoRequest;
import dev.pingcheck.engine.wire.IcmpDecoder;
import dev.pingcheck.engine.wire.IcmpVersion;
import dev.pingcheck.engine.wire.InternetChecksum;
import dev.pingcheck.engine.wire.PayloadPattern;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The codec, on echo messages of the usual 56 octets of payload. */
@State(Scope.Thread)
public class WireCalls {
  private static final int PAYLOAD = 56;
  private static final int IP_HEADER = 20;
  private static final int DESTINATION = 0x7f010001;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final MemorySegment message = Arena.ofAuto().allocate(512, 8);
  private final EchoRequest request = new EchoRequest(message);
  private final EchoCookie cookie = new EchoCookie(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
  private final IcmpDecoder decoder = new IcmpDecoder();
  private MemorySegment reply;
  private MemorySegment error;
  private int size;
  private int sequence;

  /** Public and without arguments, as JMH wants it. */
  public WireCalls() {}

  /** Makes the packets that are read. */
  @Setup(Level.Trial)
  public void packets() {
    size = request.write(IcmpVersion.ICMPV4, 1, 1, 1, 1, PAYLOAD);
    request.seal(size);
    MemorySegment echoed = message.asSlice(0, size);
    reply = packet(0, 0, echoed);
    MemorySegment quote = packet(8, 0, echoed);
    MemorySegment unreachable = Arena.ofAuto().allocate(EchoFormat.HEADER_SIZE + quote.byteSize());
    MemorySegment.copy(quote, 0, unreachable, EchoFormat.HEADER_SIZE, quote.byteSize());
    error = packet(3, 1, unreachable);
    must(decoder.decodeIpv4(reply, reply.byteSize()), IcmpDecoder.Verdict.REPLY);
    must(decoder.decodeIpv4(error, error.byteSize()), IcmpDecoder.Verdict.ERROR);
  }

  private static void must(IcmpDecoder.Verdict found, IcmpDecoder.Verdict wanted) {
    if (found != wanted) {
      throw new IllegalStateException("a packet of the benchmark is " + found + ", not " + wanted);
    }
  }

  /** An IPv4 packet (RFC 791) with that ICMP message, its type, code and checksum set anew. */
  private static MemorySegment packet(int type, int code, MemorySegment icmp) {
    MemorySegment packet = Arena.ofAuto().allocate(IP_HEADER + icmp.byteSize(), 8);
    MemorySegment.copy(icmp, 0, packet, IP_HEADER, icmp.byteSize());
    packet.set(SHORT, 0, (short) 0x4500);
    packet.set(SHORT, 2, (short) packet.byteSize());
    packet.set(SHORT, 8, (short) (64 << 8 | 1));
    packet.set(INT, 16, DESTINATION);
    packet.set(SHORT, IP_HEADER, (short) (type << 8 | code));
    packet.set(SHORT, IP_HEADER + EchoFormat.CHECKSUM, (short) 0);
    int checksum = InternetChecksum.of(packet, IP_HEADER, icmp.byteSize());
    packet.set(SHORT, IP_HEADER + EchoFormat.CHECKSUM, (short) checksum);
    return packet;
  }

  @Benchmark
  public int checksum() {
    return InternetChecksum.of(reply, IP_HEADER, size);
  }

  @Benchmark
  public int request() {
    sequence = sequence + 1 & 0xffff;
    int octets = request.write(IcmpVersion.ICMPV4, 1, sequence, sequence, sequence, PAYLOAD);
    request.seal(octets);
    return octets;
  }

  /** With all that is asked of a reply. */
  @Benchmark
  public long reply() {
    var verdict = decoder.decodeIpv4(reply, reply.byteSize());
    return decoder.isIntact(PayloadPattern.COUNTING)
        ? decoder.cookie() ^ decoder.number()
        : verdict.ordinal();
  }

  /** With all that is asked of an error. */
  @Benchmark
  public long error() {
    var verdict = decoder.decodeIpv4(error, error.byteSize());
    return decoder.quote().hasCookie() ? decoder.quote().cookie() : verdict.ordinal();
  }

  @Benchmark
  public long cookie() {
    return cookie.of(1, sequence, ++sequence, 0, DESTINATION);
  }
}
