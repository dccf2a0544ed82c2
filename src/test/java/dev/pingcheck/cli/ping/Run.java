package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.NetworkNamespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a command in a namespace printed, and how it ended.
 *
 * @param out standard output
 * @param err standard error
 */
record Run(int exitCode, String out, String err) {
  private static final int LONGEST_SECONDS = 60;

  /** Runs a command to its end. */
  static Run of(String namespace, List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(command);
    try {
      Process process = new ProcessBuilder(whole).start();
      process.getOutputStream().close();
      return end(process);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the end of a process. */
  static Run end(Process process) {
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    String out = read(process.getInputStream());
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + out + err.join());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return new Run(process.exitValue(), out, err.join());
  }

  /** Our ping as a process of its own. */
  static List<String> ours(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pingcheck.cli.Pingcheck",
                "ping"));
    command.addAll(arguments);
    return command;
  }

  /** Runs our ping in the client's namespace, to its end. */
  static Run ping(NetworkNamespaces net, String... arguments) {
    return of(net.client(), ours(List.of(arguments)));
  }

  private static String read(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
