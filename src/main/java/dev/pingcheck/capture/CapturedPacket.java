package dev.pingcheck.capture;

import dev.pingcheck.capture.PacketSource.RawPacket;

/**
 * A packet of an echo of ours.
 *
 * @param raw the packet itself
 * @param sight which echo it is of
 */
record CapturedPacket(RawPacket raw, Sight sight) {

  /** What the objects around the octets take. */
  private static final int OVERHEAD = 160;

  /** Octets of memory, nearly. */
  int weight() {
    return raw.octets().length + OVERHEAD;
  }
}
