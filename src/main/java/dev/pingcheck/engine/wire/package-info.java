/**
 * In: identifiers, sequence numbers and cookies; octets that anybody may have sent. Out: ICMPv4 and
 * ICMPv6 messages in a memory segment, and what such a message says.
 *
 * <p>Never here: sockets, clocks, state from one packet to the next, exceptions for bad octets.
 */
package dev.pingcheck.engine.wire;
