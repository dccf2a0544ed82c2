/**
 * In: what the lab did to each echo request, and what the engine reported of each. Out: whether the
 * two agree, request by request.
 */
package dev.pingcheck.truth;
