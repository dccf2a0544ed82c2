package dev.pingcheck.cli.kubectl;

import dev.pingcheck.cli.terminal.Utf8Streams;
import dev.pingcheck.log.SafeText;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code kubectl pingcheck}: an entry point of its own, as the others run without a Kubernetes
 * client on their class path.
 */
@Command(
    name = "kubectl-pingcheck",
    mixinStandardHelpOptions = true,
    version = "kubectl-pingcheck 0.1.0",
    description = "Looks at PingChecks with the rights of your kubeconfig.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      TopCommand.class,
      WhyCommand.class,
      PcapCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
public final class KubectlPingcheck {
  /** A wrong command line, or a cluster that does not do what it was asked for. */
  static final int FAILED = 2;

  private KubectlPingcheck() {}

  public static void main(String[] args) {
    // What goes wrong is said in a sentence; the client's own words would stand between the lines.
    LogManager.getLogManager().reset();
    java.util.logging.Logger.getLogger("").setLevel(Level.OFF);
    System.exit(
        commandLine()
            .setOut(Utf8Streams.out())
            .setErr(Utf8Streams.err())
            .execute(Utf8Streams.arguments(args)));
  }

  /** The commands, with the streams of Java. */
  public static CommandLine commandLine() {
    return new CommandLine(new KubectlPingcheck())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(KubectlPingcheck::refuse)
        .setExecutionExceptionHandler(KubectlPingcheck::fail);
  }

  private static int refuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(command, e.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return FAILED;
  }

  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    say(
        command,
        switch (e) {
          case Refusal refusal -> refusal.getMessage();
          case KubernetesClientException fault -> ApiFault.sentence(fault);
          default -> "unexpected fault: " + e + ". Please report it.";
        });
    return FAILED;
  }

  private static void say(CommandLine command, String sentence) {
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + SafeText.of(sentence));
    err.flush();
  }
}
