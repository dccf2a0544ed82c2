/**
 * In: the real parts, as the tests have them. Out: figures against their goals.
 *
 * <p>Never here: mocks, a verdict on correctness (that is a test's), figures that were not
 * measured.
 */
package dev.pingcheck.bench;
