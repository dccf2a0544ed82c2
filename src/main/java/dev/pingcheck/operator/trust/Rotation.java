package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Pure: what is to be trusted next. A certificate of ninety days is replaced after thirty, an
 * authority of a year after eight months; a new one signs nothing before the bundle with it has
 * been out for a day, and an old one stays in the bundle until its end.
 */
final class Rotation {
  static final Duration SERVING_AGE = Duration.ofDays(30);
  static final Duration AUTHORITY_AGE = Duration.ofDays(240);
  static final Duration MADE_KNOWN = Duration.ofDays(1);

  private final SequencedSet<String> names;

  /**
   * @param names under which probes dial this operator, at least one
   */
  Rotation(SequencedSet<String> names) {
    this.names = new LinkedHashSet<>(names);
  }

  /** The first of all. */
  Trust begin(Instant now) {
    Authority authority = Authority.make(now);
    return new Trust(
        List.of(authority.certificate()), authority, Optional.empty(), authority.issue(names, now));
  }

  /** The same where nothing is due. */
  Trust next(Trust before, Instant now) {
    if (!isValid(before.signer().certificate(), now)) {
      return begin(now);
    }
    List<X509Certificate> bundle = new ArrayList<>(before.bundle());
    boolean isAnyGone = bundle.removeIf(authority -> !isValid(authority, now));
    Authority signer = before.signer();
    Optional<Authority> successor = before.successor();
    if (successor.isEmpty() && age(signer.certificate(), now).compareTo(AUTHORITY_AGE) >= 0) {
      successor = Optional.of(Authority.make(now));
      bundle.addFirst(successor.get().certificate());
    }
    if (successor.isPresent()
        && age(successor.get().certificate(), now).compareTo(MADE_KNOWN) >= 0) {
      signer = successor.get();
      successor = Optional.empty();
    }
    ServingIdentity serving = serving(before.serving(), signer, now);
    boolean isSame =
        !isAnyGone && serving == before.serving() && successor.equals(before.successor());
    return isSame ? before : new Trust(bundle, signer, successor, serving);
  }

  private ServingIdentity serving(ServingIdentity before, Authority signer, Instant now) {
    X509Certificate certificate = before.chain().getFirst();
    boolean isOld = age(certificate, now).compareTo(SERVING_AGE) >= 0;
    boolean isOfAnother =
        !certificate
            .getIssuerX500Principal()
            .equals(signer.certificate().getSubjectX500Principal());
    if (isOld || isOfAnother) {
      return signer.issue(names, now);
    }
    SequencedSet<String> borne = names(certificate);
    if (borne.containsAll(names)) {
      return before;
    }
    // Another operator may want the names that it has: two that replaced each other's would never
    // end.
    borne.addAll(names);
    return signer.issue(borne, now);
  }

  private static SequencedSet<String> names(X509Certificate certificate) {
    SequencedSet<String> names = new LinkedHashSet<>();
    try {
      if (certificate.getSubjectAlternativeNames() != null) {
        certificate
            .getSubjectAlternativeNames()
            .forEach(name -> names.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateParsingException none) {
      // Then it bears none of those that are wanted.
    }
    return names;
  }

  private static boolean isValid(X509Certificate certificate, Instant now) {
    return now.isBefore(certificate.getNotAfter().toInstant());
  }

  private static Duration age(X509Certificate certificate, Instant now) {
    return Duration.between(certificate.getNotBefore().toInstant().plus(Authority.BACKDATED), now);
  }
}
