package dev.pingcheck.crd;

/**
 * The rules of a spec in the API server's own language (CEL), each with the sentence that it
 * answers. A rule lets pass what another rule refuses, so that a mistake gets one sentence. Only
 * plain sentences: one that is joined at run time exceeds the cost that the API server allows.
 */
public final class Rules {
  private Rules() {}

  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String ASCII = "self.matches('^[[:ascii:]]*$')";
  private static final String CLEAN = "self.matches('^[A-Za-z0-9._-]*$')";
  private static final String MAPPED = "self.matches('^[0:]+:[fF]{4}:[0-9a-fA-F.:]+$')";

  static final String HOSTNAME_ASCII = ASCII;
  public static final String HOSTNAME_ASCII_SENTENCE =
      "write an internationalised name in its ASCII form, which starts with xn-- (idn2 NAME prints"
          + " it)";

  static final String HOSTNAME_BARE =
      "self != '' && (!" + ASCII + " || " + CLEAN + " || isIP(self) || " + MAPPED + ")";
  public static final String HOSTNAME_BARE_SENTENCE =
      "write the bare name or address, such as gw.example.com, 192.0.2.1 or 2001:db8::1: no scheme,"
          + " port, path, brackets, zone or blank";

  static final String HOSTNAME_UNDERSCORE = "!" + CLEAN + " || !self.contains('_')";
  public static final String HOSTNAME_UNDERSCORE_SENTENCE =
      "a host name has no underscore: write the name of a host, of letters, digits, hyphens and"
          + " dots";

  static final String HOSTNAME_MAPPED = "!" + MAPPED + " || isIP(self)";
  public static final String HOSTNAME_MAPPED_SENTENCE =
      "an IPv4-mapped IPv6 address is not on any wire: write the IPv4 address itself, such as"
          + " 192.0.2.1";

  static final String HOSTNAME_LABELS =
      "!"
          + CLEAN
          + " || self == '' || self.contains('_') || self.matches('^"
          + LABEL
          + "(\\\\."
          + LABEL
          + ")*\\\\.?$')";
  public static final String HOSTNAME_LABELS_SENTENCE =
      "write each part between the dots with 1 to 63 letters, digits and hyphens, and no hyphen at"
          + " its start or end";

  static final String HOSTNAME_NUMERIC =
      "isIP(self) || !self.matches('^([A-Za-z0-9_-]+[.])*([0-9]+|0[xX][0-9a-fA-F]*)[.]?$')";
  public static final String HOSTNAME_NUMERIC_SENTENCE =
      "write an IPv4 address as four decimal numbers of 0 to 255 without leading zeros, such as"
          + " 192.0.2.1; a name does not end in a number";

  /** At most four parts, each so short that no sum of them exceeds what CEL can hold. */
  private static final String DURATION_PATTERN =
      "'^([0-9]{1,9}([.][0-9]{1,9})?(ns|us|µs|ms|s)|[0-9]{1,5}([.][0-9]{1,9})?(m|h)){1,4}$'";

  static final String DURATION = "self.matches(" + DURATION_PATTERN + ")";
  public static final String DURATION_SENTENCE =
      "write a duration as a number and a unit (h, m, s, ms, us or ns), such as 500ms, 1.5s or"
          + " 1m30s, and not negative";

  private static final String DURATION_BOUNDS_START =
      "!" + DURATION + " || (duration(self) >= duration('";
  private static final String DURATION_BOUNDS_AND = "') && duration(self) <= duration('";
  private static final String DURATION_BOUNDS_END = "'))";

  static final String INTERVAL =
      DURATION_BOUNDS_START + "10ms" + DURATION_BOUNDS_AND + "1h" + DURATION_BOUNDS_END;
  public static final String INTERVAL_SENTENCE = "write an interval of 10ms to 1h";
  static final String PERIOD =
      DURATION_BOUNDS_START + "1s" + DURATION_BOUNDS_AND + "24h" + DURATION_BOUNDS_END;
  public static final String PERIOD_SENTENCE = "write a period of 1s to 24h";
  static final String TIMEOUT =
      DURATION_BOUNDS_START + "10ms" + DURATION_BOUNDS_AND + "1m" + DURATION_BOUNDS_END;
  public static final String TIMEOUT_SENTENCE = "write a timeout of 10ms to 1m";
  static final String RTT =
      DURATION_BOUNDS_START + "1us" + DURATION_BOUNDS_AND + "1m" + DURATION_BOUNDS_END;
  public static final String RTT_SENTENCE = "write a round-trip time of 1us to 1m";

  static final String ROUND_FITS =
      "!has(self.period) || self.count > 1000 || !self.period.matches("
          + DURATION_PATTERN
          + ") || !self.interval.matches("
          + DURATION_PATTERN
          + ") || duration(self.interval) > duration('1h')"
          + " || duration(self.period) < duration('1s')"
          + " || int(duration(self.period)) >= int(duration(self.interval)) * (self.count - 1)";
  public static final String ROUND_FITS_SENTENCE =
      "a round is longer than the period: write a period of at least interval x (count - 1), a"
          + " smaller count or a shorter interval, or leave out the period";

  static final String FAMILY_FITS =
      "!isIP(self.hostname) || self.ipFamily == 'Any'"
          + " || self.ipFamily == (ip(self.hostname).family() == 4 ? 'IPv4' : 'IPv6')";
  public static final String FAMILY_FITS_SENTENCE =
      "the hostname is an address: write its own family, or leave out ipFamily";

  static final String RTT_FITS =
      "!has(self.thresholds) || !has(self.thresholds.rtt) || !self.thresholds.rtt.matches("
          + DURATION_PATTERN
          + ") || !self.timeout.matches("
          + DURATION_PATTERN
          + ") || duration(self.thresholds.rtt) > duration('1m')"
          + " || duration(self.thresholds.rtt) <= duration(self.timeout)";
  public static final String RTT_FITS_SENTENCE =
      "no reply is as slow as thresholds.rtt, for it comes after the timeout: write an rtt of at"
          + " most the timeout, or a longer timeout";

  static final String RECOVERY_FITS =
      "!has(self.recoveryLossPercent) || self.recoveryLossPercent <= self.lossPercent";
  public static final String RECOVERY_FITS_SENTENCE =
      "write a recoveryLossPercent of at most lossPercent, or leave it out";

  /** What keys look like is judged by the operator: CEL would find their length too costly. */
  static final String LABEL_KEYS = "self.all(key, size(key) <= 317)";

  public static final String LABEL_KEYS_SENTENCE =
      "write labels as `kubectl get nodes --show-labels` shows them, such as"
          + " topology.kubernetes.io/zone: a";

  static final String LABEL_VALUES =
      "self.all(key, self[key].matches('^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$'))";
  public static final String LABEL_VALUES_SENTENCE =
      "the value of a label has at most 63 letters, digits, hyphens, underscores and dots, and"
          + " begins and ends with a letter or digit: write it as `kubectl get nodes --show-labels`"
          + " shows it";
}
