package dev.pingcheck.operator.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String ofCertificates(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> {
          try {
            return block("CERTIFICATE", certificate.getEncoded());
          } catch (GeneralSecurityException ownEncoding) {
            throw new IllegalStateException(ownEncoding);
          }
        })
        .collect(Collectors.joining());
  }

  static String ofKey(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  private static String block(String label, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, BASE64.encodeToString(octets), label);
  }

  /**
   * @throws GeneralSecurityException if there is none, or one is broken
   */
  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    var octets = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    List<X509Certificate> all =
        CertificateFactory.getInstance("X.509").generateCertificates(octets).stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (all.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return all;
  }

  /**
   * A key in PKCS #8, PKCS #1 or SEC 1 form.
   *
   * @throws GeneralSecurityException if there is none, or it is broken or encrypted
   */
  static PrivateKey key(String text) throws GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        switch (found) {
          case PEMKeyPair pair -> {
            return converter.getPrivateKey(pair.getPrivateKeyInfo());
          }
          case PrivateKeyInfo info -> {
            return converter.getPrivateKey(info);
          }
          default -> {
            // Such as the parameters of a curve in front of the key.
          }
        }
      }
    } catch (IOException | RuntimeException broken) {
      throw new GeneralSecurityException("the private key cannot be read", broken);
    }
    throw new GeneralSecurityException("there is no private key");
  }
}
