package dev.pingcheck.cli.kubectl;

import dev.pingcheck.page.PageSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the operator's pods are, and where each serves its page. */
final class PageOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAME",
      defaultValue = "pingcheck-system",
      description = "Where the operator's pods are. Default: ${DEFAULT-VALUE}.")
  private String namespace;

  @Option(
      names = "--page-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "The port of the operator's --page-address. Default: ${DEFAULT-VALUE}.")
  private int port;

  private String prefix = "";

  @Option(
      names = "--page-prefix",
      paramLabel = "PATH",
      defaultValue = "",
      description = "The operator's --page-prefix, such as /pingcheck. Default: none.")
  void setPrefix(String given) {
    try {
      prefix = PageSettings.prefix(given);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--page-prefix " + e.getMessage());
    }
  }

  /** The pods of a cluster; none of them is asked yet. */
  OperatorPods of(Cluster cluster) {
    return new OperatorPods(cluster.client(), namespace, port, prefix);
  }
}
