/**
 * In: a filter. Out: packets as libpcap has them, by pcap4j and JNA.
 *
 * <p>Never here: what any other class names, so that nothing is loaded before a check asks for it.
 */
package dev.pingcheck.capture.pcap;
