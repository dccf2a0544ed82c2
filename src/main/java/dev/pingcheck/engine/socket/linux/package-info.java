/**
 * In: the port's calls. Out: Linux system calls on raw ICMP sockets, through java.lang.foreign.
 *
 * <p>Never here: anything that another system could share.
 */
package dev.pingcheck.engine.socket.linux;
