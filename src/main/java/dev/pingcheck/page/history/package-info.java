/**
 * In: rounds and events. Out: the last of them of each check, in bounded memory.
 *
 * <p>Never here: a judgement; anything of the network.
 */
package dev.pingcheck.page.history;
