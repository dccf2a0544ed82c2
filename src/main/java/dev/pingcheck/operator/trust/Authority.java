package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedSet;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of the link's own: ECDSA with P-256, as RFC 5280 wants it. The JDK has
 * the algorithms but makes no certificates, so Bouncy Castle puts them together.
 */
record Authority(X509Certificate certificate, PrivateKey key) {
  /** For clocks of probes that are slow. */
  static final Duration BACKDATED = Duration.ofHours(1);

  static final Duration LIFE = Duration.ofDays(365);

  /** How long what it issues is valid. */
  static final Duration ISSUED_LIFE = Duration.ofDays(90);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_OCTETS = 16;
  private static final String SIGNATURE = "SHA256withECDSA";

  /** A new one, known by a name that no other has. */
  static Authority make(Instant now) {
    KeyPair keys = newKeys();
    BigInteger serial = newSerial();
    X500Principal name =
        new X500Principal("CN=pingcheck-link-ca " + HexFormat.of().toHexDigits(serial.intValue()));
    X509v3CertificateBuilder draft =
        draft(name, serial, now, now.plus(LIFE), name, keys.getPublic());
    add(draft, Extension.basicConstraints, true, new BasicConstraints(0));
    add(draft, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new Authority(sign(draft, keys.getPrivate()), keys.getPrivate());
  }

  /**
   * A new key of a server and the certificate of it.
   *
   * @param names DNS names and addresses, at least one
   */
  ServingIdentity issue(SequencedSet<String> names, Instant now) {
    KeyPair keys = newKeys();
    Instant end = now.plus(ISSUED_LIFE);
    Instant ownEnd = certificate.getNotAfter().toInstant();
    X509v3CertificateBuilder draft =
        draft(
            certificate.getSubjectX500Principal(),
            newSerial(),
            now,
            end.isBefore(ownEnd) ? end : ownEnd,
            new X500Principal("CN=pingcheck-link"),
            keys.getPublic());
    add(draft, Extension.basicConstraints, true, new BasicConstraints(false));
    add(draft, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    add(
        draft,
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    GeneralName[] all = names.stream().map(Authority::generalName).toArray(GeneralName[]::new);
    add(draft, Extension.subjectAlternativeName, false, new GeneralNames(all));
    try {
      add(
          draft,
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
    return new ServingIdentity(List.of(sign(draft, key)), keys.getPrivate());
  }

  private static GeneralName generalName(String name) {
    boolean isAddress = name.contains(":") || name.matches("[0-9.]+");
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static X509v3CertificateBuilder draft(
      X500Principal issuer,
      BigInteger serial,
      Instant now,
      Instant end,
      X500Principal subject,
      PublicKey key) {
    X509v3CertificateBuilder draft =
        new JcaX509v3CertificateBuilder(
            issuer, serial, Date.from(now.minus(BACKDATED)), Date.from(end), subject, key);
    try {
      add(
          draft,
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
    return draft;
  }

  private static void add(
      X509v3CertificateBuilder draft,
      org.bouncycastle.asn1.ASN1ObjectIdentifier what,
      boolean isCritical,
      ASN1Encodable value) {
    try {
      draft.addExtension(what, isCritical, value);
    } catch (IOException ownValue) {
      throw new UncheckedIOException(ownValue);
    }
  }

  private static X509Certificate sign(X509v3CertificateBuilder draft, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(draft.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    } catch (GeneralSecurityException | OperatorCreationException missing) {
      throw new IllegalStateException("This Java runtime has no " + SIGNATURE + ".", missing);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java runtime has no P-256.", missing);
    }
  }

  private static BigInteger newSerial() {
    byte[] octets = new byte[SERIAL_OCTETS];
    RANDOM.nextBytes(octets);
    octets[0] &= 0x3f; // positive, and of one length
    octets[0] |= 0x20;
    return new BigInteger(octets);
  }
}
