package dev.pingcheck.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Debian's promtool. */
public final class Promtool {
  private Promtool() {}

  /** What it said, and whether it was content. */
  public record Result(int exitCode, String output) {}

  /**
   * Runs it.
   *
   * @param input what it reads from its standard input
   */
  public static Result run(Path folder, String input, String... arguments) {
    try {
      Path file = Files.createTempFile("promtool", ".txt");
      try {
        Files.writeString(file, input);
        Process process =
            new ProcessBuilder(
                    Stream.concat(Stream.of("promtool"), List.of(arguments).stream()).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(file.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
      } finally {
        Files.delete(file);
      }
    } catch (IOException missing) {
      throw new AssertionError(
          "promtool cannot be run; Debian's package prometheus has it", missing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
