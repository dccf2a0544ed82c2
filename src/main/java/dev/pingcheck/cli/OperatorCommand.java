package dev.pingcheck.cli;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.operator.OperatorApp;
import dev.pingcheck.page.PageAddress;
import dev.pingcheck.page.PageSettings;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pingcheck operator}: the one command that starts Quarkus. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    description =
        "Watches PingChecks, hands their plans to the probe and tells what it reports."
            + " Finds the API server by KUBECONFIG or, in a pod, by its ServiceAccount.")
final class OperatorCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65535;
  private static final long LEAST_EVIDENCE = 1 << 20;

  @Spec private CommandSpec spec;

  @Mixin private LogOptions log;

  @Mixin private TraceOptions traces;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_SOCKET:-/run/pingcheck/link.sock}",
      description = "The Unix domain socket to serve for the probe (default: ${DEFAULT-VALUE}).")
  private Path socket;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where health and metrics are served (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  @Option(
      names = "--link-port",
      paramLabel = "PORT",
      defaultValue = "${env:PINGCHECK_LINK_PORT:-0}",
      description =
          "The TCP port for probes on nodes and in pods of their own, by TLS; 0: none. Served while"
              + " this operator leads. Its certificate is the operators' own, in the Secret"
              + " pingcheck-link-tls, or, with the environment variable PINGCHECK_LINK_TLS_DIR, tls.crt"
              + " and tls.key of that folder; PINGCHECK_LINK_NAMES: further names that probes dial;"
              + " PINGCHECK_PROBE_SERVICE_ACCOUNT and PINGCHECK_CENTRAL_PROBE_SERVICE_ACCOUNT:"
              + " theirs, if not pingcheck-probe and pingcheck-probe-central. Default: the"
              + " environment variable PINGCHECK_LINK_PORT, else 0.")
  private int linkPort;

  @Option(
      names = "--no-leader-election",
      description =
          "Run alone, without a Lease: for one operator that no other stands beside. With an"
              + " election (the default) the environment variable PINGCHECK_IDENTITY names this"
              + " operator, and PINGCHECK_LEASE_NAMESPACE where the Lease is.")
  private boolean alone;

  @Option(
      names = "--event-ttl",
      paramLabel = "DURATION",
      defaultValue = "${env:PINGCHECK_EVENTS_TTL:-1h}",
      description =
          "How long the API server keeps events, its --event-ttl, or less. A crossing that may have"
              + " been told before is not told again after that (default: ${DEFAULT-VALUE}).")
  private String eventTtl;

  @Option(
      names = "--page-address",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:PINGCHECK_PAGE_ADDRESS:-127.0.0.1:8081}",
      description =
          "Where the page for people is served, read-only; none: nowhere. What listens on the"
              + " loopback interface of a pod is reached by kubectl port-forward. Default: the"
              + " environment variable PINGCHECK_PAGE_ADDRESS, else 127.0.0.1:8081.")
  private String pageAddress;

  @Option(
      names = "--page-prefix",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_PAGE_PREFIX:-}",
      description =
          "The path below which the page is served, such as /pingcheck, for a proxy that does not"
              + " cut it off. Default: the environment variable PINGCHECK_PAGE_PREFIX, else none.")
  private String pagePrefix;

  @Option(
      names = "--page-hosts",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "${env:PINGCHECK_PAGE_HOSTS:-}",
      description =
          "By which names besides localhost a page on the loopback interface may be asked for: those"
              + " of a proxy in the same pod, with commas between them. Default: the environment"
              + " variable PINGCHECK_PAGE_HOSTS, else none.")
  private List<String> pageHosts;

  @Option(
      names = "--prometheus-url",
      paramLabel = "URL",
      defaultValue = "${env:PINGCHECK_PROMETHEUS_URL:-}",
      description =
          "A Prometheus that scrapes this operator: the page asks it for the last days, if somebody"
              + " wants to see them. Default: the environment variable PINGCHECK_PROMETHEUS_URL,"
              + " else none.")
  private String prometheusUrl;

  @Option(
      names = "--evidence-folder",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_EVIDENCE_FOLDER:-/var/lib/pingcheck/evidence}",
      description =
          "Where the packets of bad rounds are kept, of checks with capture: OnLoss; made when there"
              + " are some. Default: the environment variable PINGCHECK_EVIDENCE_FOLDER, else"
              + " /var/lib/pingcheck/evidence.")
  private Path evidenceFolder;

  @Option(
      names = "--evidence-bytes",
      paramLabel = "BYTES",
      defaultValue = "${env:PINGCHECK_EVIDENCE_BYTES:-67108864}",
      description =
          "How large that folder may become, at least 1048576; the oldest files go first. Default:"
              + " the environment variable PINGCHECK_EVIDENCE_BYTES, else 67108864.")
  private long evidenceBytes;

  @Override
  public Integer call() {
    if (alone) {
      System.setProperty("pingcheck.leader-election", "false");
    }
    System.setProperty("pingcheck.events.ttl", lifeOfEvents().toString());
    System.setProperty("pingcheck.link.port", Integer.toString(checkedLinkPort()));
    checked("--page-address", pageAddress, PageAddress::read);
    System.setProperty("pingcheck.page.address", pageAddress);
    System.setProperty(
        "pingcheck.page.prefix", checked("--page-prefix", pagePrefix, PageSettings::prefix));
    System.setProperty(
        "pingcheck.page.prometheus", checked("--prometheus-url", prometheusUrl, PageSettings::url));
    System.setProperty(
        "pingcheck.page.hosts", String.join(",", pageHosts).toLowerCase(Locale.ROOT));
    System.setProperty("pingcheck.evidence.folder", evidenceFolder.toString());
    System.setProperty("pingcheck.evidence.bytes", Long.toString(checkedEvidenceBytes()));
    System.setProperty("pingcheck.socket", socket.toString());
    System.setProperty("quarkus.http.port", Integer.toString(httpPort));
    traces.hand(spec);
    OperatorLog.configure(log.format());
    Quarkus.run(OperatorApp.class);
    return 0; // not reached before the operator ends: Quarkus exits the process with its own code
  }

  private int checkedLinkPort() {
    if (linkPort < 0 || linkPort > MOST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--link-port must be 0 to 65535, not " + linkPort);
    }
    return linkPort;
  }

  private <T> T checked(String option, String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + " " + e.getMessage());
    }
  }

  private long checkedEvidenceBytes() {
    if (evidenceBytes < LEAST_EVIDENCE) {
      throw new ParameterException(
          spec.commandLine(), "--evidence-bytes must be at least 1048576, not " + evidenceBytes);
    }
    return evidenceBytes;
  }

  private Duration lifeOfEvents() {
    return Durations.parse(eventTtl)
        .filter(ttl -> ttl.compareTo(Duration.ofSeconds(1)) >= 0)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "--event-ttl must be a duration of at least 1s such as 1h, not " + eventTtl));
  }
}
