package dev.pingcheck.link;

import io.grpc.Status;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts into words why an operator was not reached. */
final class DialFailure {
  private DialFailure() {}

  static String ofSocket(Throwable cause) {
    return root(cause) instanceof FileNotFoundException ? "there is no such socket" : plain(cause);
  }

  static String ofNetwork(Throwable cause, OperatorAddress.Remote operator) {
    List<Throwable> chain = chain(cause);
    if (has(chain, CertificateExpiredException.class)) {
      return "its certificate has expired, or the clock here is fast";
    }
    if (has(chain, CertificateNotYetValidException.class)) {
      return "its certificate is not valid yet: is the clock here slow?";
    }
    if (has(chain, CertPathBuilderException.class)
        || has(chain, CertPathValidatorException.class)) {
      return "its certificate is of no authority in " + operator.caFile();
    }
    if (has(chain, NotSslRecordException.class)) {
      return "it does not speak TLS";
    }
    if (has(chain, CertificateException.class)) {
      return "its certificate is not for the name " + operator.host();
    }
    if (has(chain, UnknownHostException.class)) {
      return "its name is not known to DNS";
    }
    if (has(chain, ConnectException.class)) {
      return "nobody listens there; of several operators only the one that leads does";
    }
    return plain(cause);
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> kind) {
    return chain.stream().anyMatch(kind::isInstance);
  }

  private static String plain(Throwable cause) {
    Throwable root = root(cause);
    if (root != cause && root.getMessage() != null) {
      return firstLine(root.getMessage());
    }
    Status status = Status.fromThrowable(cause);
    return firstLine(
        Optional.ofNullable(status.getDescription()).orElse(status.getCode().toString()));
  }

  /** gRPC adds lines about its own insides. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private static Throwable root(Throwable cause) {
    return chain(cause).getLast();
  }

  private static List<Throwable> chain(Throwable cause) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable next = cause; next != null; next = next.getCause()) {
      chain.add(next);
    }
    return chain;
  }
}
