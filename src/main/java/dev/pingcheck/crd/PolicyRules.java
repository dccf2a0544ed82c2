package dev.pingcheck.crd;

/** The rules of a PingPolicy in the API server's own language (CEL), each with its sentence. */
public final class PolicyRules {
  private PolicyRules() {}

  private static final String MAPPED = "matches('^[0:]+:[fF]{4}:[0-9a-fA-F.:]+/[0-9]+$')";

  static final String NETWORKS = "self.all(n, isCIDR(n) || n." + MAPPED + ")";
  public static final String NETWORK_SENTENCE =
      "write each network as an address and the length of its prefix, such as 10.0.0.0/8 or"
          + " 2001:db8::/32; a single address is a network of /32 or /128";

  static final String NETWORKS_MASKED = "self.all(n, !isCIDR(n) || cidr(n) == cidr(n).masked())";
  public static final String NETWORK_MASKED_SENTENCE =
      "a network has bits set behind its prefix: write its first address, such as 10.1.0.0/16 and"
          + " not 10.1.2.3/16, or the single address as /32 or /128";

  static final String NETWORKS_MAPPED = "self.all(n, isCIDR(n) || !n." + MAPPED + ")";
  public static final String NETWORK_MAPPED_SENTENCE =
      "an IPv4-mapped IPv6 network is not on any wire: write the IPv4 network itself, such as"
          + " 10.0.0.0/8";

  public static final String DURATION_SENTENCE = Rules.DURATION_SENTENCE;

  static final String VALUES_FIT =
      "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0"
          + " : !has(self.values) || size(self.values) == 0";
  public static final String VALUES_FIT_SENTENCE =
      "write values with the operators In and NotIn, and none with Exists and DoesNotExist";
}
