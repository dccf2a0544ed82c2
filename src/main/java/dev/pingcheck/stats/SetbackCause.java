package dev.pingcheck.stats;

/** Why a check was not pinged when it was due. */
public enum SetbackCause {
  /** All checks together ask for more requests than the probe may send. */
  PROBE_BUDGET,
  /** All checks of one address together ask for more requests than it may get. */
  ADDRESS_BUDGET,
  /** The probe's process could not run. */
  STANDSTILL
}
