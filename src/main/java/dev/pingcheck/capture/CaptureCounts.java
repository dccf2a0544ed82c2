package dev.pingcheck.capture;

/**
 * What a capture has counted since this process began.
 *
 * @param captured packets of our own echoes and errors about them
 * @param evicted those that had to go for newer ones
 * @param kernelDrops packets for which the kernel had no room
 * @param keptBytes octets of memory that packets and files take now
 */
public record CaptureCounts(long captured, long evicted, long kernelDrops, long keptBytes) {}
