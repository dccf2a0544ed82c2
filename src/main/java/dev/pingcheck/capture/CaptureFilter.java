package dev.pingcheck.capture;

import dev.pingcheck.engine.CaptureMark;

/**
 * Which packets the kernel lets through, in the language of man 7 pcap-filter: echo requests and
 * replies whose number bears the mark, and ICMP errors that quote an echo request. It says the same
 * for one check and for thousands, and whatever address a name turns to.
 *
 * <p>An error may quote so little that the mark is not in it; of those, {@link EvidenceKeeper}
 * drops what does not quote an identifier of ours.
 */
public final class CaptureFilter {

  /**
   * Destination unreachable, time exceeded, parameter problem (RFC 792), quoting an echo request.
   */
  private static final String IPV4_ERRORS =
      "(icmp[0] == 3 or icmp[0] == 11 or icmp[0] == 12) and icmp[17] == 1"
          + " and icmp[8 + ((icmp[8] & 0xf) << 2)] == 8";

  /** RFC 4443 section 3; the quoted ICMPv6 follows its header at once or behind a fragment's. */
  private static final String IPV6_ERRORS =
      "ip6[6] == 58 and ip6[40] > 0 and ip6[40] < 5"
          + " and ((ip6[54] == 58 and ip6[88] == 128) or (ip6[54] == 44 and ip6[96] == 128))";

  private CaptureFilter() {}

  /** The expression for one process. */
  public static String of(CaptureMark mark) {
    int bits = mark.bits();
    return "(icmp and (((icmp[0] == 8 or icmp[0] == 0) and icmp[16:2] == %d) or (%s)))"
            .formatted(bits, IPV4_ERRORS)
        + " or (ip6 and ((ip6[6] == 58 and (ip6[40] == 128 or ip6[40] == 129) and ip6[56:2] == %d)"
            .formatted(bits)
        + " or (ip6[6] == 44 and ip6[40] == 58 and (ip6[48] == 128 or ip6[48] == 129)"
        + " and ip6[64:2] == %d) or (%s)))".formatted(bits, IPV6_ERRORS);
  }
}
