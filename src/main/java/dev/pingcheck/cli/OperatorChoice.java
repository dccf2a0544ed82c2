package dev.pingcheck.cli;

import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.OperatorAddress;
import dev.pingcheck.link.ProbeRole;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which operator a probe works for: the one beside it, or one on the network. */
final class OperatorChoice {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
  private static final int MOST_PORT = 65535;
  private static final List<String> OF_THE_NETWORK =
      List.of("--ca-file", "--token-file", "--central", "--node");

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_SOCKET:-/run/pingcheck/link.sock}",
      description =
          "The Unix domain socket of an operator in the same pod. Default: the environment variable"
              + " PINGCHECK_SOCKET, else /run/pingcheck/link.sock.")
  private Path socket;

  @Option(
      names = "--operator",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:PINGCHECK_OPERATOR:-}",
      description =
          "An operator on the network instead, such as pingcheck.pingcheck-system.svc:9443. Default:"
              + " the environment variable PINGCHECK_OPERATOR, else none.")
  private String operator;

  @Option(
      names = "--ca-file",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_CA_FILE:-/var/run/secrets/pingcheck/ca.crt}",
      description =
          "With --operator: the authorities that its certificate may be of, in PEM form, read at each"
              + " dial. Default: the environment variable PINGCHECK_CA_FILE, else"
              + " /var/run/secrets/pingcheck/ca.crt.")
  private Path caFile;

  @Option(
      names = "--token-file",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_TOKEN_FILE:-/var/run/secrets/pingcheck/token}",
      description =
          "With --operator: a projected token for the audience pingcheck, read at each dial. Default:"
              + " the environment variable PINGCHECK_TOKEN_FILE, else"
              + " /var/run/secrets/pingcheck/token.")
  private Path tokenFile;

  @Option(
      names = "--central",
      defaultValue = "${env:PINGCHECK_CENTRAL:-false}",
      description =
          "With --operator: share the checks that name no nodes with other central probes, instead of"
              + " those that name this node. Default: the environment variable PINGCHECK_CENTRAL,"
              + " else false.")
  private boolean isCentral;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      defaultValue = "${env:PINGCHECK_NODE:-}",
      description =
          "With --operator: the node that this probe is on; one whose token says otherwise is refused."
              + " Default: the environment variable PINGCHECK_NODE, else what the token says.")
  private String node;

  /**
   * @throws ParameterException with a sentence if the options do not fit together
   */
  OperatorAddress address(CommandSpec probe) {
    boolean isSocketGiven = isGiven(probe, "--socket");
    boolean isOperatorGiven = isGiven(probe, "--operator");
    if (isSocketGiven && isOperatorGiven) {
      throw refusal(
          probe, "--socket and --operator are two places of one operator: leave one of them out");
    }
    if (operator.isEmpty() || (isSocketGiven && !isOperatorGiven)) {
      OF_THE_NETWORK.stream()
          .filter(option -> isGiven(probe, option))
          .findFirst()
          .ifPresent(option -> {
            throw refusal(probe, option + " is for a probe with --operator HOST:PORT");
          });
      return new OperatorAddress.Beside(socket);
    }
    return remote(probe);
  }

  private OperatorAddress remote(CommandSpec probe) {
    Matcher parts = HOST_AND_PORT.matcher(operator);
    int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
    if (port < 1 || port > MOST_PORT) {
      throw refusal(
          probe,
          "--operator must be HOST:PORT such as pingcheck.pingcheck-system.svc:9443, not "
              + operator);
    }
    // Java would keep an address for half a minute; the name is to be looked up at each dial.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    return new OperatorAddress.Remote(
        host,
        port,
        caFile,
        tokenFile,
        isCentral ? ProbeRole.CENTRAL : ProbeRole.NODE,
        Optional.of(node).filter(name -> !name.isEmpty()));
  }

  /** The bounds of a link to there. */
  static LinkClientLimits limits(OperatorAddress address) {
    return switch (address) {
      case OperatorAddress.Beside beside -> LinkClientLimits.defaults();
      case OperatorAddress.Remote remote -> LinkClientLimits.overNetwork();
    };
  }

  private static boolean isGiven(CommandSpec probe, String option) {
    return probe.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static ParameterException refusal(CommandSpec probe, String sentence) {
    return new ParameterException(probe.commandLine(), sentence);
  }
}
