package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Rotation rotation = new Rotation(names("pingcheck.ns.svc", "192.0.2.7"));
  private final Trust first = rotation.begin(START);

  private static SequencedSet<String> names(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  private static X509Certificate shown(Trust trust) {
    return trust.serving().chain().getFirst();
  }

  private static List<Object> namesOf(X509Certificate certificate) throws Exception {
    List<Object> names = new ArrayList<>();
    certificate.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
    return names;
  }

  @Test
  void theFirstOneIsWhatAServerNeeds() throws Exception {
    X509Certificate certificate = shown(first);
    X509Certificate authority = first.bundle().getFirst();
    assertThat(namesOf(certificate)).containsExactly("pingcheck.ns.svc", "192.0.2.7");
    assertThat(certificate.getNotBefore()).isEqualTo(START.minus(Duration.ofHours(1)));
    assertThat(certificate.getNotAfter()).isEqualTo(START.plus(Duration.ofDays(90)));
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThatCode(() -> certificate.verify(authority.getPublicKey())).doesNotThrowAnyException();
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(authority.getNotAfter()).isEqualTo(START.plus(Duration.ofDays(365)));
    assertThat(first.bundle()).hasSize(1);
    assertThat(first.successor()).isEmpty();
  }

  @Test
  void whatProbesSeeIsReplacedAfterThirtyDaysByTheSameAuthority() {
    Instant due = START.plus(Duration.ofDays(30));
    assertThat(rotation.next(first, due.minusSeconds(1))).isSameAs(first);
    Trust next = rotation.next(first, due);
    assertThat(shown(next)).isNotEqualTo(shown(first));
    assertThat(shown(next).getNotAfter()).isEqualTo(due.plus(Duration.ofDays(90)));
    assertThat(next.signer()).isEqualTo(first.signer());
    assertThat(next.bundle()).isEqualTo(first.bundle());
  }

  @Test
  void aNewAuthoritySignsNothingBeforeItWasKnownForADayAndTheOldOneStaysKnown() {
    Instant due = START.plus(Duration.ofDays(240));
    Trust old = rotation.next(first, due.minusSeconds(1));
    Trust announced = rotation.next(old, due);
    assertThat(announced.bundle()).hasSize(2);
    assertThat(announced.bundle().getLast()).isEqualTo(first.bundle().getFirst());
    assertThat(announced.signer()).isEqualTo(first.signer());
    assertThat(shown(announced)).isEqualTo(shown(old));

    Instant known = due.plus(Duration.ofDays(1));
    assertThat(rotation.next(announced, known.minusSeconds(1))).isSameAs(announced);
    Trust changed = rotation.next(announced, known);
    assertThat(changed.signer()).isEqualTo(announced.successor().orElseThrow());
    assertThat(changed.successor()).isEmpty();
    assertThat(shown(changed).getIssuerX500Principal())
        .isEqualTo(announced.bundle().getFirst().getSubjectX500Principal());
    assertThat(changed.bundle()).isEqualTo(announced.bundle());
  }

  @Test
  void anAuthorityLeavesTheBundleAtItsEnd() {
    Trust two = rotation.next(first, START.plus(Duration.ofDays(240)));
    Trust changed = rotation.next(two, START.plus(Duration.ofDays(241)));
    Instant end = START.plus(Duration.ofDays(365));
    assertThat(rotation.next(changed, end.minusSeconds(1)).bundle()).hasSize(2);
    assertThat(rotation.next(changed, end).bundle())
        .containsExactly(changed.signer().certificate());
  }

  @Test
  void afterAYearOfSleepAllIsMadeAnew() {
    Trust next = rotation.next(first, START.plus(Duration.ofDays(366)));
    assertThat(next.bundle()).hasSize(1).doesNotContainAnyElementsOf(first.bundle());
  }

  @Test
  void inFiveYearsOfLooksNoProbeWithYesterdaysBundleMeetsAStranger() {
    Trust now = first;
    for (int hour = 0; hour < 5 * 365 * 24; hour += 12) {
      List<X509Certificate> yesterday = now.bundle();
      now = rotation.next(now, START.plus(Duration.ofHours(hour)));
      X509Certificate shown = shown(now);
      assertThat(shown.getNotAfter().toInstant()).isAfter(START.plus(Duration.ofHours(hour)));
      assertThat(yesterday)
          .anyMatch(
              known -> known.getSubjectX500Principal().equals(shown.getIssuerX500Principal()));
    }
  }

  @Test
  void operatorsThatWantDifferentNamesShareACertificateForAll() throws Exception {
    Rotation other = new Rotation(names("pingcheck.example.com"));
    Trust both = other.next(first, START);
    assertThat(namesOf(shown(both)))
        .containsExactly("pingcheck.ns.svc", "192.0.2.7", "pingcheck.example.com");
    assertThat(rotation.next(both, START)).isSameAs(both);
    assertThat(other.next(both, START)).isSameAs(both);
  }

  @Test
  void aSecretIsReadAsItWasWritten() throws Exception {
    Trust announced = rotation.next(first, START.plus(Duration.ofDays(240)));
    for (Trust each : List.of(first, announced)) {
      Trust read = TrustSecret.read(TrustSecret.secret("ns", each, java.util.Optional.empty()));
      assertThat(read).isEqualTo(each);
    }
  }
}
