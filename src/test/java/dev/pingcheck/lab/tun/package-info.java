/**
 * In: a seed. Out: a network behind a TUN device that lies, loses and forges by a script, and a
 * witness who is told of each packet what it is in truth.
 *
 * <p>Never here: how the prober works, and what it should make of it all.
 */
package dev.pingcheck.lab.tun;
