package dev.pingcheck.link;

/**
 * What the capture of a probe has counted since the probe's start.
 *
 * @param captured packets
 * @param evicted packets and files that had to go for newer ones
 * @param kernelDrops packets for which the kernel had no room
 * @param keptBytes octets of memory that are taken now
 */
public record CaptureFigures(long captured, long evicted, long kernelDrops, long keptBytes) {
  public static final CaptureFigures NONE = new CaptureFigures(0, 0, 0, 0);
}
