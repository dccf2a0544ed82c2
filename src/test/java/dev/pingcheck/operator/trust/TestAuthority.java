package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/** An authority for tests of whoever shows or checks certificates. */
public final class TestAuthority {
  private final Authority authority = Authority.make(Instant.now());

  /** A certificate for these names that is valid now. */
  public ServingIdentity issue(String... names) {
    return issue(Instant.now(), names);
  }

  /** The same, made at a time. */
  public ServingIdentity issue(Instant made, String... names) {
    return authority.issue(new LinkedHashSet<>(Arrays.asList(names)), made);
  }

  /** Writes a file that trusts these. */
  public static void writeTo(Path file, TestAuthority... trusted) {
    List<java.security.cert.X509Certificate> all =
        Arrays.stream(trusted).map(each -> each.authority.certificate()).toList();
    try {
      Files.writeString(file, Pem.ofCertificates(all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
