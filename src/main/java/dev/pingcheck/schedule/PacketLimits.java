package dev.pingcheck.schedule;

/**
 * How many echo requests a second a probe may send in the long run; short bunches may be denser.
 *
 * @param perSecond to all addresses together, 1 to {@link #MOST}
 * @param perSecondPerAddress to one address from all checks together, 1 to {@link #MOST}
 */
public record PacketLimits(int perSecond, int perSecondPerAddress) {

  /** Enough for 100,000 checks that send one request a second, and a quarter more. */
  public static final int DEFAULT_PER_SECOND = 125_000;

  /** As many as the shortest interval of a check asks for: alone, no check is ever held back. */
  public static final int DEFAULT_PER_ADDRESS = 100;

  /** More than one thread can send; up to here a whole number of nanoseconds is exact to 0.1 %. */
  public static final int MOST = 1_000_000;

  /**
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public PacketLimits {
    if (!isInRange(perSecond) || !isInRange(perSecondPerAddress)) {
      throw new IllegalArgumentException(
          "not from 1 to " + MOST + ": " + perSecond + " or " + perSecondPerAddress);
    }
  }

  public static PacketLimits defaults() {
    return new PacketLimits(DEFAULT_PER_SECOND, DEFAULT_PER_ADDRESS);
  }

  public static boolean isInRange(int limit) {
    return limit >= 1 && limit <= MOST;
  }
}
