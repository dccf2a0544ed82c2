package dev.pingcheck.cli;

import dev.pingcheck.operator.OperatorApp;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pingcheck operator}: the one command that starts Quarkus. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    description =
        "Watches PingChecks, hands their plans to the probe and tells what it reports."
            + " Finds the API server by KUBECONFIG or, in a pod, by its ServiceAccount.")
final class OperatorCommand implements Callable<Integer> {

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

  @Override
  public Integer call() {
    System.setProperty("pingcheck.socket", socket.toString());
    System.setProperty("quarkus.http.port", Integer.toString(httpPort));
    Quarkus.run(OperatorApp.class);
    return 0; // not reached before the operator ends: Quarkus exits the process with its own code
  }
}
