package dev.pingcheck.link;

import java.util.OptionalInt;

/**
 * A part of what a probe has of a round.
 *
 * @param question what it answers
 * @param offset the octets of the file before this part; an older probe does not say
 * @param octets of a pcapng file
 * @param complete whether nothing more comes
 * @param missing why there is no file; else empty
 */
public record EvidencePart(
    EvidenceQuestion question,
    OptionalInt offset,
    byte[] octets,
    boolean complete,
    String missing) {}
