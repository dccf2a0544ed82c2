package dev.pingcheck.plan.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The IPv4 addresses that an IPv6 address leads to, by way of a translator or a tunnel. A prefix
 * that a site has chosen itself cannot be known here (RFC 6052 section 2.2, RFC 5969).
 */
final class EmbeddedAddresses {
  private static final Network COMPATIBLE = Network.of("::/96"); // RFC 4291 section 2.5.5.1
  private static final Network TRANSLATED = Network.of("::ffff:0:0:0/96"); // RFC 2765 section 2.1
  private static final Network NAT64 = Network.of("64:ff9b::/96"); // RFC 6052 section 2.1
  private static final Network LOCAL_NAT64 = Network.of("64:ff9b:1::/48"); // RFC 8215
  private static final Network SIX_TO_FOUR = Network.of("2002::/16"); // RFC 3056 section 2
  private static final Network TEREDO = Network.of("2001::/32"); // RFC 4380 section 4

  private static final long LAST = 96;
  private static final long ISATAP = 0x0000_5efeL; // RFC 5214 section 6.1
  private static final long ISATAP_GLOBAL = 0x0200_5efeL;
  private static final long ALL_32 = 0xffff_ffffL;

  private EmbeddedAddresses() {}

  /** All that an address may lead to, each as an IPv4 address; empty if it leads to itself. */
  static List<Ip> of(Ip address) {
    if (!address.v6()) {
      return List.of();
    }
    List<Ip> found = new ArrayList<>();
    if (endsInIpv4(address)) {
      found.add(Ip.v4(address.bits32((int) LAST)));
    }
    if (LOCAL_NAT64.contains(address)) {
      found.addAll(ofLocalTranslator(address));
    }
    if (SIX_TO_FOUR.contains(address)) {
      found.add(Ip.v4(address.bits32(16)));
    }
    if (TEREDO.contains(address)) {
      found.add(Ip.v4(address.bits32(32))); // the server
      found.add(Ip.v4(~address.bits32(96) & ALL_32)); // the client, obfuscated
    }
    return found;
  }

  private static boolean endsInIpv4(Ip address) {
    long identifier = address.bits32(64);
    boolean compatible = COMPATIBLE.contains(address) && address.low() > 1; // neither :: nor ::1
    return compatible
        || TRANSLATED.contains(address)
        || NAT64.contains(address)
        || identifier == ISATAP
        || identifier == ISATAP_GLOBAL;
  }

  /**
   * Its translator may use a prefix of 48, 56, 64 or 96 bits, and the octet behind the first 64
   * bits is skipped (RFC 6052 section 2.2). No host is in 0.0.0.0/8: such a reading is not the one.
   */
  private static List<Ip> ofLocalTranslator(Ip address) {
    long high = address.high();
    long behind = address.low() << 8 >>> 32; // the 32 bits behind the skipped octet, less 8
    long low24 = address.low() >>> 32 & 0xff_ffff;
    long of48 = (high & 0xffff) << 16 | low24 >>> 8;
    long of56 = (high & 0xff) << 24 | low24;
    long of64 = behind & ALL_32;
    long of96 = address.low() & ALL_32;
    List<Ip> readings = new ArrayList<>();
    for (long reading : new long[] {of48, of56, of64, of96}) {
      if (reading >>> 24 != 0) {
        readings.add(Ip.v4(reading));
      }
    }
    return readings;
  }
}
