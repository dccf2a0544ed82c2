package dev.pingcheck.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one entry point: tells its commands apart and starts none of what the others need. */
@QuarkusMain
@Command(
    name = "pingcheck",
    mixinStandardHelpOptions = true,
    version = "pingcheck 0.1.0",
    description = "Pings hosts exactly and tells the truth about them.",
    synopsisSubcommandLabel = "COMMAND",
    // Each command is a class of its own; a new one is added here and nowhere else.
    subcommands = {
      OperatorCommand.class,
      ProbeCommand.class,
      PingCommand.class,
      HelpCommand.class
    })
public final class Pingcheck {
  private Pingcheck() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Pingcheck())
        .setParameterExceptionHandler(Pingcheck::refuse)
        .setExecutionExceptionHandler(Pingcheck::fail);
  }

  /** A wrong command line gets one sentence, and a hint where the right ones are written. */
  private static int refuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": unexpected fault: " + e + ". Please report it.");
    return CommandLine.ExitCode.USAGE;
  }
}
