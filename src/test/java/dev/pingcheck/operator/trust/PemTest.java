package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  /** As openssl and cert-manager write by default: BEGIN RSA or EC PRIVATE KEY. */
  @Test
  void keysInTheOldFormsAreRead() throws Exception {
    PrivateKey rsa = newKey("RSA");
    assertThat(Pem.key(pem("RSA PRIVATE KEY", inner(rsa).toASN1Primitive().getEncoded())))
        .isEqualTo(rsa);
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp256r1"));
    BigInteger secret = secret(curve.generateKeyPair().getPrivate());
    ECPrivateKey withCurve = new ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1);
    assertThat(secret(Pem.key(pem("EC PRIVATE KEY", withCurve.getEncoded())))).isEqualTo(secret);
  }

  private static BigInteger secret(PrivateKey ellipticCurve) {
    return ((java.security.interfaces.ECPrivateKey) ellipticCurve).getS();
  }

  private static PrivateKey newKey(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  private static ASN1Encodable inner(PrivateKey key) throws IOException {
    return PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey();
  }

  private static String pem(String label, byte[] octets) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(octets));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keysAreReadAsTheyAreWritten(String algorithm) throws Exception {
    PrivateKey key = newKey(algorithm);
    assertThat(Pem.key(Pem.ofKey(key)).getEncoded()).isEqualTo(key.getEncoded());
  }

  @Test
  void whatIsNoKeyOrNoCertificateIsSaid() {
    assertThatThrownBy(() -> Pem.key("nothing")).hasMessage("there is no private key");
    assertThatThrownBy(
            () -> Pem.key("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"))
        .hasMessage("the private key cannot be read");
    assertThatThrownBy(() -> Pem.certificates("")).hasMessage("there is no certificate");
    assertThatThrownBy(() -> Pem.certificates("-----BEGIN CERTIFICATE-----\n"))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
