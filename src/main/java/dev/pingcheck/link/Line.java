package dev.pingcheck.link;

import io.grpc.Channel;
import io.grpc.ManagedChannel;

/**
 * A connection to an operator that is being made.
 *
 * @param channel what is to be shut down in the end
 * @param calls where calls are made, with what the operator wants to see
 */
record Line(ManagedChannel channel, Channel calls) {}
