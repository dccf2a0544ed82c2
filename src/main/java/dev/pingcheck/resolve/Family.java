package dev.pingcheck.resolve;

import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.Type;

/** One address family and the record that holds its addresses. */
enum Family {
  IPV4("IPv4", Type.A),
  IPV6("IPv6", Type.AAAA);

  private final String label;
  private final int recordType;

  Family(String label, int recordType) {
    this.label = label;
    this.recordType = recordType;
  }

  String label() {
    return label;
  }

  int recordType() {
    return recordType;
  }

  static Family of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** The families to ask for. */
  static List<Family> of(IpFamilies families) {
    return switch (families) {
      case IPV4 -> List.of(IPV4);
      case IPV6 -> List.of(IPV6);
      case ANY, DUAL_STACK -> List.of(IPV6, IPV4);
    };
  }
}
