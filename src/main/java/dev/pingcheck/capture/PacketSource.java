package dev.pingcheck.capture;

import java.io.IOException;
import java.util.Optional;

/** Packets of this machine as they pass. Used by one thread. */
public interface PacketSource extends AutoCloseable {

  /**
   * The next packet; empty if none came within a fraction of a second.
   *
   * @throws IOException with a sentence if no more packets will come
   */
  Optional<RawPacket> next() throws IOException;

  /** Packets that the kernel had no room for since this was opened. */
  long drops();

  @Override
  void close();

  /**
   * A packet from its IP header on.
   *
   * @param epochNanos wall-clock time at which the kernel saw it
   * @param device the index of the interface, 0 if it is not known
   * @param octets as many as were kept
   * @param length how many it had on the wire
   */
  record RawPacket(long epochNanos, int device, byte[] octets, int length) {}

  /** Opens one. */
  @FunctionalInterface
  interface Opening {
    /**
     * @throws IOException with a phrase that says why not, and what to do
     */
    PacketSource open() throws IOException;
  }
}
