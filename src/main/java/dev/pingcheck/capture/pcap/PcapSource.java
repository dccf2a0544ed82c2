package dev.pingcheck.capture.pcap;

import dev.pingcheck.capture.PacketSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.packet.namednumber.DataLinkType;

/** All interfaces of the network namespace at once, by libpcap's device {@code any}. */
public final class PcapSource implements PacketSource {

  /** The "cooked" header of that device that tells the interface (pcap-linktype LINUX_SLL2). */
  private static final DataLinkType COOKED = new DataLinkType(276, "LINUX_SLL2");

  private static final int COOKED_HEADER = 20;
  private static final int DEVICE = 4;
  private static final int SNAP_LENGTH = COOKED_HEADER + 256;
  private static final int WAIT_MILLIS = 200;

  /** Of the kernel; a tenth of a second at 20,000 packets a second takes half of it. */
  private static final int BUFFER = 1 << 20;

  private final PcapHandle handle;

  private PcapSource(PcapHandle handle) {
    this.handle = handle;
  }

  /**
   * Begins to capture.
   *
   * @throws IOException with a phrase that says why not
   */
  public static PacketSource open(String filter) throws IOException {
    PcapHandle handle = null;
    try {
      handle =
          new PcapHandle.Builder("any")
              .snaplen(SNAP_LENGTH)
              .timeoutMillis(WAIT_MILLIS)
              .bufferSize(BUFFER)
              .immediateMode(true)
              .timestampPrecision(TimestampPrecision.NANO)
              .build();
      handle.setDlt(COOKED);
      handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
      return new PcapSource(handle);
    } catch (PcapNativeException | NotOpenException refused) {
      if (handle != null) {
        handle.close();
      }
      throw new IOException(
          "libpcap refused (" + refused.getMessage() + "); the probe needs NET_RAW for it",
          refused);
    }
  }

  @Override
  public Optional<RawPacket> next() throws IOException {
    try {
      byte[] octets = handle.getNextRawPacketEx();
      Timestamp time = handle.getTimestamp();
      int length = handle.getOriginalLength();
      if (octets.length <= COOKED_HEADER) {
        return Optional.empty();
      }
      return Optional.of(
          new RawPacket(
              TimeUnit.MILLISECONDS.toSeconds(time.getTime()) * 1_000_000_000L + time.getNanos(),
              ByteBuffer.wrap(octets).getInt(DEVICE),
              Arrays.copyOfRange(octets, COOKED_HEADER, octets.length),
              length - COOKED_HEADER));
    } catch (TimeoutException none) {
      return Optional.empty();
    } catch (EOFException | PcapNativeException | NotOpenException ended) {
      throw new IOException("the capture broke off (" + ended.getMessage() + ")", ended);
    }
  }

  @Override
  public long drops() {
    try {
      return handle.getStats().getNumPacketsDropped();
    } catch (PcapNativeException | NotOpenException closed) {
      return 0;
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
