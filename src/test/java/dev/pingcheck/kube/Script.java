package dev.pingcheck.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
public final class Script {

  /**
   * What a command left behind.
   *
   * @param exitCode 0 to 255
   * @param out what it wrote to its standard output
   * @param err what it wrote to its standard error
   */
  public record Result(int exitCode, String out, String err) {}

  private Script() {}

  /**
   * Runs a command with its output in files, so that a server which it leaves running holds no
   * pipe.
   *
   * @throws IllegalStateException with a sentence when it cannot be started or takes too long
   */
  public static Result run(Map<String, String> environment, int seconds, List<String> command) {
    try {
      Path out = Files.createTempFile("pingcheck", ".out");
      Path err = Files.createTempFile("pingcheck", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process =
            builder
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              String.join(" ", command) + " took longer than " + seconds + " s: " + text(err));
        }
        return new Result(process.exitValue(), text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.getFirst() + " ran");
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
