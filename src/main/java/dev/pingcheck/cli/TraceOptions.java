package dev.pingcheck.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the operator's traces go; off unless somebody says. */
final class TraceOptions {
  private static final String PATH = "/v1/traces";

  @Option(
      names = "--traces-endpoint",
      paramLabel = "URL",
      description =
          "Send a span for each turn of a check and each write to this OTLP receiver (http/protobuf),"
              + " such as http://collector:4318/v1/traces. Default: the environment variable"
              + " OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, else OTEL_EXPORTER_OTLP_ENDPOINT followed by"
              + " /v1/traces, else none: traces are off. OTEL_EXPORTER_OTLP_HEADERS and"
              + " OTEL_SERVICE_NAME hold.")
  private Optional<String> endpoint;

  /**
   * Hands it to the operator, if there is one.
   *
   * @throws ParameterException with a sentence if it is no URL
   */
  void hand(CommandSpec spec) {
    endpoint(System.getenv())
        .ifPresent(url -> {
          if (!isHttp(url)) {
            throw new ParameterException(
                spec.commandLine(),
                "--traces-endpoint must be a URL such as http://collector:4318/v1/traces, not "
                    + url);
          }
          System.setProperty("pingcheck.traces.endpoint", url);
        });
  }

  /** The receiver that option and environment name together. */
  Optional<String> endpoint(Map<String, String> environment) {
    if (environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")) {
      return endpoint;
    }
    return endpoint
        .or(() -> given(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        .or(() ->
            given(environment, "OTEL_EXPORTER_OTLP_ENDPOINT")
                .map(base -> base.replaceAll("/+$", "") + PATH));
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
