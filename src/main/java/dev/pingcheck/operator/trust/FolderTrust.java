package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Takes the certificate from the files tls.crt and tls.key of a folder, which somebody else keeps:
 * cert-manager's Secret as a volume, for one. What is broken for a moment, as the two are replaced
 * one after the other, is looked at again; until then the former is shown.
 */
final class FolderTrust implements CertificateSource {
  private static final System.Logger LOG = System.getLogger(FolderTrust.class.getName());

  private final Path folder;
  private String seen = "";
  private volatile ServingIdentity current;

  FolderTrust(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<ServingIdentity> current() {
    return Optional.ofNullable(current);
  }

  @Override
  public Optional<String> look() {
    try {
      String certificate = read(TrustSecret.CERTIFICATE);
      String key = read(TrustSecret.KEY);
      if (!seen.equals(certificate + key)) {
        current = KeyPairs.identity(certificate, key);
        seen = certificate + key;
        LOG.log(System.Logger.Level.INFO, () -> "Showing probes the certificate in " + folder);
      }
      return Optional.empty();
    } catch (NoSuchFileException missing) {
      return Optional.of("There is no " + missing.getFile() + " with what probes trust.");
    } catch (IOException | GeneralSecurityException broken) {
      return Optional.of(
          "The certificate in " + folder + " cannot be used: " + broken.getMessage() + ".");
    }
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.US_ASCII);
  }
}
