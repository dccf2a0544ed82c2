package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.ServingIdentity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** Some distributions write kubeconfigs with a client key such as BEGIN EC PRIVATE KEY. */
class EllipticCurveKubeconfigTest {
  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PrivateKey readByFabric8(ServingIdentity client, String keyPem) throws Exception {
    Config config =
        Config.fromKubeconfig(
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://192.0.2.1"}}]
            users: [{name: u, user: {client-certificate-data: %s, client-key-data: %s}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """
                .formatted(base64(Pem.ofCertificates(client.chain())), base64(keyPem)));
    KeyManager[] managers = SSLUtils.keyManagers(config);
    X509KeyManager keys = (X509KeyManager) managers[0];
    return keys.getPrivateKey(keys.getClientAliases("EC", null)[0]);
  }

  @Test
  void anEllipticCurveClientKeyIsRead() throws Exception {
    ServingIdentity client = new TestAuthority().issue("client");
    var secret = ((java.security.interfaces.ECPrivateKey) client.key()).getS();
    byte[] sec1 = new ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1).getEncoded();
    String pem =
        "-----BEGIN EC PRIVATE KEY-----\n%s\n-----END EC PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(sec1));
    PrivateKey read = readByFabric8(client, pem);
    assertThat(KeyPairs.belong(client.chain().getFirst(), read)).isTrue();
  }
}
