package dev.pingcheck.link;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Gives each TLS handshake the certificate of the moment, so that a rotation needs no restart. A
 * handshake asks for name, key and chain one after the other: the one before is kept for those that
 * are between.
 *
 * <p>Thread safe.
 */
final class ServingKeys extends X509ExtendedKeyManager {
  private final Supplier<ServingIdentity> source;
  private ServingIdentity current;
  private ServingIdentity previous;

  ServingKeys(Supplier<ServingIdentity> source) {
    this.source = source;
    this.current = source.get();
    this.previous = current;
  }

  private static String alias(ServingIdentity identity) {
    return identity.certificate().getSerialNumber().toString(16);
  }

  private synchronized String choose() {
    ServingIdentity now = source.get();
    if (!now.equals(current)) {
      previous = current;
      current = now;
    }
    return alias(current);
  }

  private synchronized Optional<ServingIdentity> find(String alias) {
    return Stream.of(current, previous).filter(known -> alias(known).equals(alias)).findFirst();
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    ServingIdentity now = source.get();
    return now.certificate().getPublicKey().getAlgorithm().equals(keyType) ? choose() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return find(alias).map(known -> known.chain().toArray(X509Certificate[]::new)).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return find(alias).map(ServingIdentity::key).orElse(null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {choose()};
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}
