package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether a key and a certificate belong together: tried, by signing something. */
final class KeyPairs {
  private static final byte[] SOMETHING = "pingcheck".getBytes(StandardCharsets.US_ASCII);

  private KeyPairs() {}

  /**
   * @param certificates a chain in PEM form, the server's first
   * @param key of the first
   * @throws GeneralSecurityException if one is broken or they do not belong together
   */
  static ServingIdentity identity(String certificates, String key) throws GeneralSecurityException {
    List<X509Certificate> chain = Pem.certificates(certificates);
    PrivateKey parsed = Pem.key(key);
    if (!belong(chain.getFirst(), parsed)) {
      throw new GeneralSecurityException("tls.key is not the key of tls.crt");
    }
    return new ServingIdentity(chain, parsed);
  }

  static boolean belong(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(SOMETHING);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SOMETHING);
    return signature.verify(signed);
  }
}
