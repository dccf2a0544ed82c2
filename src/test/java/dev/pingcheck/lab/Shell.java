package dev.pingcheck.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the commands of which a lab is made. */
public final class Shell {
  private static final int LONGEST_SECONDS = 60;

  private Shell() {}

  /** What a command said, both streams together, and its exit code. */
  public record Result(int exitCode, String output) {
    /** The output of a command that must have succeeded. */
    public String orThrow(List<String> command) {
      if (exitCode != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " failed with " + exitCode + ": " + output.strip());
      }
      return output;
    }
  }

  public static Result run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " does not end");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException missing) {
      throw new IllegalStateException(
          "The lab needs the program "
              + command.getFirst()
              + "; Debian has it in iproute2, nftables, dnsmasq-base, tcpdump or iputils-ping.",
          missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  public static String must(String... command) {
    return run(List.of(command)).orThrow(List.of(command));
  }
}
