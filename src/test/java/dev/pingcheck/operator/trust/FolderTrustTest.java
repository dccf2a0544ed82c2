package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.ServingIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTrustTest {
  @TempDir Path folder;

  private void write(ServingIdentity certificate, ServingIdentity key) throws IOException {
    Files.writeString(folder.resolve("tls.crt"), Pem.ofCertificates(certificate.chain()));
    Files.writeString(folder.resolve("tls.key"), Pem.ofKey(key.key()));
  }

  @Test
  void whatTheFilesHoldIsShownAndAChangeIsSeen() throws IOException {
    TestAuthority authority = new TestAuthority();
    ServingIdentity first = authority.issue("a.example.com");
    ServingIdentity second = authority.issue("a.example.com");
    FolderTrust trust = new FolderTrust(folder);
    assertThat(trust.look())
        .contains("There is no " + folder.resolve("tls.crt") + " with what probes trust.");
    assertThat(trust.current()).isEmpty();

    write(first, first);
    assertThat(trust.look()).isEmpty();
    assertThat(trust.current()).contains(first);

    write(second, first);
    assertThat(trust.look())
        .contains(
            "The certificate in " + folder + " cannot be used: tls.key is not the key of tls.crt.");
    assertThat(trust.current()).contains(first);

    write(second, second);
    assertThat(trust.look()).isEmpty();
    assertThat(trust.current()).contains(second);
  }
}
