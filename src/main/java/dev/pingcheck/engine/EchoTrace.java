package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.stats.LossReason;
import java.util.Optional;

/**
 * What tells the packets of one settled echo request from all others.
 *
 * @param peer where it was sent to
 * @param ordinal which request to that address, from 0
 * @param number the request's number in this process, which never repeats; it is in the payload
 * @param identifier 0 to 65535
 * @param sequence 0 to 65535
 * @param lost why, if it was
 */
public record EchoTrace(
    Peer peer, int ordinal, long number, int identifier, int sequence, Optional<LossReason> lost) {}
