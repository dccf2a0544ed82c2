package dev.pingcheck.evidence;

import dev.pingcheck.stats.EvidenceName;

/**
 * A file of the folder.
 *
 * @param name which tells its time
 * @param packets in it
 * @param bytes of it
 */
record StoredFile(EvidenceName name, int packets, long bytes) {}
