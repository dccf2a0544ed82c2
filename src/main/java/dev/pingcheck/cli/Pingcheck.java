package dev.pingcheck.cli;

import dev.pingcheck.cli.ping.PingCommand;
import dev.pingcheck.cli.terminal.Utf8Streams;
import dev.pingcheck.log.SafeText;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    synopsisSubcommandLabel = "COMMAND")
public final class Pingcheck {
  /** Each command is a class of its own; a new one is added here and nowhere else. */
  private static final Map<String, Class<?>> COMMANDS =
      new TreeMap<>(
          Map.of(
              "operator", OperatorCommand.class,
              "probe", ProbeCommand.class,
              "ping", PingCommand.class,
              "rehearse", RehearseCommand.class));

  /** Set by an image's launchers, which are named after their commands. */
  private static final String COMMAND = "pingcheck.command";

  private Pingcheck() {}

  public static void main(String[] args) {
    String[] given = withCommand(Utf8Streams.arguments(args));
    System.exit(
        commandLine(given).setOut(Utf8Streams.out()).setErr(Utf8Streams.err()).execute(given));
  }

  /** {@code probe --socket PATH} from an image is {@code pingcheck probe --socket PATH}. */
  private static String[] withCommand(String[] args) {
    return Stream.concat(Stream.ofNullable(System.getProperty(COMMAND)), Stream.of(args))
        .toArray(String[]::new);
  }

  /**
   * The commands, with the streams of Java. To read the options of one takes longer than to parse
   * them: where the first argument names a command, it is the only one.
   */
  public static CommandLine commandLine(String... args) {
    CommandLine all = new CommandLine(new Pingcheck());
    Class<?> named = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (named == null) {
      COMMANDS.forEach(all::addSubcommand);
      all.addSubcommand(HelpCommand.class);
    } else {
      all.addSubcommand(args[0], named);
    }
    return all.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Pingcheck::refuse)
        .setExecutionExceptionHandler(Pingcheck::fail);
  }

  /** A wrong command line gets one sentence, and a hint where the right ones are written. */
  private static int refuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + SafeText.of(e.getMessage()));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": unexpected fault: " + e + ". Please report it.");
    return CommandLine.ExitCode.USAGE;
  }
}
