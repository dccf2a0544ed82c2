/**
 * In: steps of a reader. Out: what a real Chromium shows.
 *
 * <p>Never here: anything of our page.
 */
package dev.pingcheck.browser;
