package dev.pingcheck.link;

import io.grpc.Metadata;
import java.util.Optional;

/** What a probe on the network says before its first message. */
final class LinkHeaders {
  /** {@code Bearer TOKEN}, as to the API server (RFC 6750, section 2.1). */
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

  /** A {@link ProbeRole}. */
  private static final Metadata.Key<String> ROLE = key("pingcheck-role");

  /** The node that the probe believes to be on; may be absent. */
  private static final Metadata.Key<String> NODE = key("pingcheck-node");

  private static final String BEARER = "Bearer ";

  private LinkHeaders() {}

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  static Metadata of(String token, ProbeRole role, Optional<String> node) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, BEARER + token);
    headers.put(ROLE, role.word());
    node.ifPresent(name -> headers.put(NODE, name));
    return headers;
  }

  /** Empty without a token, or without a word on what the probe wants to be. */
  static Optional<Credentials> read(Metadata headers, String peer) {
    String authorization = headers.get(AUTHORIZATION);
    String role = headers.get(ROLE);
    if (authorization == null || role == null || !authorization.startsWith(BEARER)) {
      return Optional.empty();
    }
    String token = authorization.substring(BEARER.length()).strip();
    return token.isEmpty()
        ? Optional.empty()
        : ProbeRole.of(role)
            .map(wanted ->
                new Credentials(token, wanted, Optional.ofNullable(headers.get(NODE)), peer));
  }
}
