package dev.pingcheck.crd;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** Specs that every judge of specs has to agree on: the API server and the planner. */
public final class Specs {
  private static final String ASCII =
      "write an internationalised name in its ASCII form, which starts with xn-- (idn2 NAME prints"
          + " it)";
  private static final String BARE =
      "write the bare name or address, such as gw.example.com, 192.0.2.1 or 2001:db8::1: no scheme,"
          + " port, path, brackets, zone or blank";
  private static final String UNDERSCORE =
      "a host name has no underscore: write the name of a host, of letters, digits, hyphens and"
          + " dots";
  private static final String MAPPED =
      "an IPv4-mapped IPv6 address is not on any wire: write the IPv4 address itself, such as"
          + " 192.0.2.1";
  private static final String LABELS =
      "write each part between the dots with 1 to 63 letters, digits and hyphens, and no hyphen at"
          + " its start or end";
  private static final String NUMERIC =
      "write an IPv4 address as four decimal numbers of 0 to 255 without leading zeros, such as"
          + " 192.0.2.1; a name does not end in a number";
  private static final String DURATION =
      "write a duration as a number and a unit (h, m, s, ms, us or ns), such as 500ms, 1.5s or"
          + " 1m30s, and not negative";
  private static final String INTERVAL = "write an interval of 10ms to 1h";
  private static final String PERIOD = "write a period of 1s to 24h";
  private static final String TIMEOUT = "write a timeout of 10ms to 1m";
  private static final String RTT = "write a round-trip time of 1us to 1m";
  private static final String ROUND =
      "a round is longer than the period: write a period of at least interval x (count - 1), a"
          + " smaller count or a shorter interval, or leave out the period";
  private static final String FAMILY =
      "the hostname is an address: write its own family, or leave out ipFamily";
  private static final String SLOW =
      "no reply is as slow as thresholds.rtt, for it comes after the timeout: write an rtt of at"
          + " most the timeout, or a longer timeout";
  private static final String RECOVERY =
      "write a recoveryLossPercent of at most lossPercent, or leave it out";

  private static final String LABEL_KEYS =
      "write labels as `kubectl get nodes --show-labels` shows them, such as"
          + " topology.kubernetes.io/zone: a";
  private static final String LABEL_VALUES =
      "the value of a label has at most 63 letters, digits, hyphens, underscores and dots, and"
          + " begins and ends with a letter or digit: write it as `kubectl get nodes --show-labels`"
          + " shows it";

  private static final String NODES = "spec.from.nodeSelector";
  private static final String RECOVERY_FIELD = "spec.thresholds.recoveryLossPercent";
  private static final String SUCCESS_FIELD = "spec.thresholds.successThreshold";
  private static final String AT_LEAST_1 = "greater than or equal to 1";
  private static final String AT_MOST_100 = "less than or equal to 100";
  private static final String LONG = "may not be more than 32 bytes";
  private static final String FAMILIES =
      "supported values: \"Any\", \"DualStack\", \"IPv4\", \"IPv6\"";

  private Specs() {}

  /**
   * A spec that breaks one rule.
   *
   * @param yaml the spec, in YAML's flow style
   * @param field the field that is told, such as {@code spec.period}
   * @param sentence what is told
   */
  public record Bad(String yaml, String field, String sentence) {}

  /** Specs that break one rule each, which API server and planner tell in the same words. */
  public static final List<Bad> AGAINST_A_RULE =
      List.of(
          hostname("", BARE),
          hostname("http://gw.example.com", BARE),
          hostname("https://gw.example.com/health", BARE),
          hostname("icmp://192.0.2.1", BARE),
          hostname("gw.example.com:443", BARE),
          hostname("192.0.2.1:80", BARE),
          hostname("gw.example.com/", BARE),
          hostname("192.0.2.0/24", BARE),
          hostname("gw example", BARE),
          hostname(" gw.example.com", BARE),
          hostname("gw.example.com ", BARE),
          hostname("user@gw.example.com", BARE),
          hostname("*.example.com", BARE),
          hostname("a,b", BARE),
          hostname("[2001:db8::1]", BARE),
          hostname("fe80::1%eth0", BARE),
          hostname("2001:db8::g", BARE),
          hostname("2001:db8:::1", BARE),
          hostname("1:2:3:4:5:6:7:8:9", BARE),
          hostname("bücher.example", ASCII),
          hostname("例え.テスト", ASCII),
          hostname("gw。example", ASCII),
          hostname("gw_1.example.com", UNDERSCORE),
          hostname("_dmarc.example.com", UNDERSCORE),
          hostname("::ffff:192.0.2.1", MAPPED),
          hostname("0:0:0:0:0:FFFF:c000:0201", MAPPED),
          hostname("-gw.example.com", LABELS),
          hostname("gw-.example.com", LABELS),
          hostname("gw..example.com", LABELS),
          hostname(".example.com", LABELS),
          hostname("gw.example.com..", LABELS),
          hostname(".", LABELS),
          hostname("a".repeat(64) + ".example.com", LABELS),
          hostname("1.2.3", NUMERIC),
          hostname("127.1", NUMERIC),
          hostname("2130706433", NUMERIC),
          hostname("0x7f.1", NUMERIC),
          hostname("0x7f000001", NUMERIC),
          hostname("0177.0.0.1", NUMERIC),
          hostname("017700000001", NUMERIC),
          hostname("127.0.0.0x1", NUMERIC),
          hostname("0xa9.0xfe.0xa9.0xfe", NUMERIC),
          hostname("169.254.43518", NUMERIC),
          hostname("64:ff9b::010.0.0.1", BARE),
          hostname("64:ff9b::169.254.43518", BARE),
          hostname("192.0.2.256", NUMERIC),
          hostname("192.0.2.01", NUMERIC),
          hostname("192.0.2.1.", NUMERIC),
          hostname("192.0.2.1.5", NUMERIC),
          hostname("host.123", NUMERIC),
          bad("interval: ''", "spec.interval", DURATION),
          bad("interval: '1'", "spec.interval", DURATION),
          bad("interval: s", "spec.interval", DURATION),
          bad("interval: 1 s", "spec.interval", DURATION),
          bad("interval: 1d", "spec.interval", DURATION),
          bad("interval: 1e3ms", "spec.interval", DURATION),
          bad("interval: PT1S", "spec.interval", DURATION),
          bad("interval: 0s", "spec.interval", INTERVAL),
          bad("interval: 9.999999ms", "spec.interval", INTERVAL),
          bad("interval: 1h0m0.000000001s", "spec.interval", INTERVAL),
          bad("interval: 99999h99999h99999h99999h", "spec.interval", INTERVAL),
          bad("period: 999ms", "spec.period", PERIOD),
          bad("period: 24h1ns", "spec.period", PERIOD),
          bad("period: '30'", "spec.period", DURATION),
          bad("period: 2.999999999s", "spec.period", ROUND),
          bad("period: 10s, count: 12", "spec.period", ROUND),
          bad("period: 1s, interval: 333.333334ms", "spec.period", ROUND),
          bad("timeout: 0s", "spec.timeout", TIMEOUT),
          bad("timeout: 9ms", "spec.timeout", TIMEOUT),
          bad("timeout: 61s", "spec.timeout", TIMEOUT),
          bad("timeout: soon", "spec.timeout", DURATION),
          bad("thresholds: {rtt: 0s}", "spec.thresholds.rtt", RTT),
          bad("thresholds: {rtt: 61s}", "spec.thresholds.rtt", RTT),
          bad("thresholds: {rtt: '200'}", "spec.thresholds.rtt", DURATION),
          bad("thresholds: {rtt: 2.001s}", "spec.thresholds.rtt", SLOW),
          bad("timeout: 100ms, thresholds: {rtt: 200ms}", "spec.thresholds.rtt", SLOW),
          bad("thresholds: {recoveryLossPercent: 21}", RECOVERY_FIELD, RECOVERY),
          bad("thresholds: {lossPercent: 50, recoveryLossPercent: 51}", RECOVERY_FIELD, RECOVERY),
          bad("from: {nodeSelector: {zone: -a}}", NODES, LABEL_VALUES),
          bad("from: {nodeSelector: {zone: a b}}", NODES, LABEL_VALUES),
          bad("from: {nodeSelector: {" + "k".repeat(318) + ": a}}", NODES, LABEL_KEYS),
          new Bad("{hostname: 192.0.2.1, ipFamily: IPv6}", "spec.ipFamily", FAMILY),
          new Bad("{hostname: 192.0.2.1, ipFamily: DualStack}", "spec.ipFamily", FAMILY),
          new Bad("{hostname: '2001:db8::1', ipFamily: IPv4}", "spec.ipFamily", FAMILY));

  /** Specs outside a bound or a choice: the API server tells it in its own words. */
  public static final List<Bad> AGAINST_A_BOUND =
      List.of(
          new Bad(
              "{hostname: " + "a.".repeat(126) + "ab}",
              "spec.hostname",
              "may not be more than 253 bytes"),
          bad("interval: 000000001.000000000s000000001.000000000s", "spec.interval", LONG),
          bad("count: 0", "spec.count", "greater than or equal to 1"),
          bad("count: -1", "spec.count", "greater than or equal to 1"),
          bad("count: 1001", "spec.count", "less than or equal to 1000"),
          bad("payloadSize: 15", "spec.payloadSize", "greater than or equal to 16"),
          bad("payloadSize: 65508", "spec.payloadSize", "less than or equal to 65507"),
          bad("ttl: 0", "spec.ttl", "greater than or equal to 1"),
          bad("ttl: 256", "spec.ttl", "less than or equal to 255"),
          bad("dscp: -1", "spec.dscp", "greater than or equal to 0"),
          bad("dscp: 64", "spec.dscp", "less than or equal to 63"),
          bad("ipFamily: ipv4", "spec.ipFamily", FAMILIES),
          bad("ipFamily: ''", "spec.ipFamily", FAMILIES),
          bad("addresses: Every", "spec.addresses", "supported values: \"All\", \"First\""),
          bad("thresholds: {lossPercent: 0}", "spec.thresholds.lossPercent", AT_LEAST_1),
          bad("thresholds: {lossPercent: 101}", "spec.thresholds.lossPercent", AT_MOST_100),
          bad("thresholds: {recoveryLossPercent: 0}", RECOVERY_FIELD, AT_LEAST_1),
          bad("thresholds: {failureThreshold: 0}", "spec.thresholds.failureThreshold", AT_LEAST_1),
          bad("thresholds: {successThreshold: 101}", SUCCESS_FIELD, AT_MOST_100));

  /** Specs of another shape than the schema: no judge behind the API server can see them. */
  public static final List<Bad> OF_ANOTHER_SHAPE =
      List.of(
          new Bad("{}", "spec.hostname", "Required value"),
          new Bad("{hostname: 5}", "spec.hostname", "must be of type string: \"integer\""),
          new Bad("{hostname: [a, b]}", "spec.hostname", "must be of type string: \"array\""),
          bad("interval: 1", "spec.interval", "must be of type string: \"integer\""),
          bad("count: '4'", "spec.count", "must be of type integer: \"string\""),
          bad("count: 2.5", "spec.count", "must be of type integer: \"number\""),
          bad("count: 99999999999", "spec.count", "less than or equal to 1000"),
          bad("suspend: 'yes'", "spec.suspend", "must be of type boolean: \"string\""),
          bad("thresholds: 20", "spec.thresholds", "must be of type object: \"integer\""));

  /** Specs that every judge lets pass. */
  public static final List<String> GOOD =
      List.of(
          "{hostname: gw.example.com}",
          "{hostname: gw.example.com.}",
          "{hostname: GW.Example.COM}",
          "{hostname: localhost}",
          "{hostname: a}",
          "{hostname: 3com.example}",
          "{hostname: a--b.example}",
          "{hostname: xn--bcher-kva.example}",
          "{hostname: 1.2.3.example}",
          "{hostname: " + "a".repeat(63) + ".example}",
          "{hostname: " + "a.".repeat(126) + "a}",
          "{hostname: 192.0.2.1}",
          "{hostname: 192.0.2.1, ipFamily: IPv4}",
          "{hostname: '2001:db8::1'}",
          "{hostname: '2001:DB8:0:0:0:0:0:1', ipFamily: IPv6}",
          "{hostname: '::'}",
          "{hostname: '::ffff:1'}",
          "{hostname: '64:ff9b::192.0.2.1'}",
          good("count: 1, interval: 10ms, timeout: 10ms"),
          good("count: 1000, interval: 1h"),
          good("interval: 1h, timeout: 1m, count: 2, period: 1h"),
          good("interval: 0.2s"),
          good("interval: 1m30s"),
          good("interval: 500000us"),
          good("interval: 10000000ns"),
          good("interval: 10500µs"),
          good("period: 1s, count: 1"),
          good("period: 24h"),
          good("period: 3s"),
          good("period: 1s, interval: 333.333333ms"),
          good("ipFamily: DualStack, addresses: All"),
          good("payloadSize: 16, ttl: 1, dscp: 0, dontFragment: false"),
          good("payloadSize: 65507, ttl: 255, dscp: 63, dontFragment: true"),
          good("thresholds: {}"),
          good("thresholds: {lossPercent: 1, recoveryLossPercent: 1}"),
          good("thresholds: {lossPercent: 100, recoveryLossPercent: 5, rtt: 1us}"),
          good("thresholds: {rtt: 2s, failureThreshold: 100, successThreshold: 100}"),
          good("from: {}"),
          good("from: {nodeSelector: {}}"),
          good("from: {nodeSelector: {zone: a, node-role.kubernetes.io/control-plane: ''}}"),
          good("from: {nodeSelector: {kubernetes.io/hostname: " + "n".repeat(63) + "}}"),
          good("suspend: true"));

  /** Reads one of these; the marker in front says that a brace at the start is no JSON. */
  public static <T> T read(String yaml, Class<T> type) {
    return Serialization.unmarshal("--- " + yaml, type);
  }

  private static Bad hostname(String hostname, String sentence) {
    return new Bad("{hostname: '" + hostname + "'}", "spec.hostname", sentence);
  }

  private static Bad bad(String fields, String field, String sentence) {
    return new Bad(good(fields), field, sentence);
  }

  private static String good(String fields) {
    return "{hostname: gw.example.com, " + fields + "}";
  }
}
