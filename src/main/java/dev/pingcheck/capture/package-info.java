/**
 * In: packets of our own echoes, rounds that lost some. Out: a pcapng file of a round.
 *
 * <p>Never here: a packet of anybody else; judgement; the link. JNA is loaded by {@code pcap}
 * alone.
 */
package dev.pingcheck.capture;
