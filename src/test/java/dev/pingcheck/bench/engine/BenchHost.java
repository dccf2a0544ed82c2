package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.ProbeJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A network namespace of its own, with its loopback interface up and no way out. Needs root. */
final class BenchHost implements AutoCloseable {
  private static final Path BUILT = Path.of("target/bench");
  private static final int MOST_SECONDS = 200;

  /** Of a command in a message; a class path is longer. */
  private static final int LONGEST_WORD = 200;

  private final String name;

  BenchHost() {
    name = "pcb" + HexFormat.of().toHexDigits(new Random().nextInt()).substring(0, 6);
    run(List.of("ip", "netns", "add", name));
    run("ip", "link", "set", "lo", "up");
  }

  String name() {
    return name;
  }

  /** Runs a command in the namespace, to its end, and gives what it printed. */
  String run(String... command) {
    return run(inside(command));
  }

  /** Starts a command in the namespace; whoever does so ends it. */
  Process start(String... command) {
    List<String> whole = inside(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // those of the benchmark itself
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its network alone: {@code ip netns exec} would hide the control groups below /sys. */
  private List<String> inside(String... command) {
    List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
    whole.addAll(List.of(command));
    return whole;
  }

  /** Runs a class of the benchmarks as the probe's JVM would be run, on one core or on all. */
  String java(boolean oneCore, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    if (oneCore) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            ProbeJvm.OPTIONS,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** Compiles one of our C programs. */
  static Path compiled(String program) {
    run(List.of("mkdir", "-p", BUILT.toString()));
    Path binary = BUILT.resolve(program).toAbsolutePath();
    run(List.of("gcc", "-O2", "-w", "-o", binary.toString(), "src/test/c/" + program + ".c"));
    return binary;
  }

  private static String run(List<String> command) {
    String text =
        command.stream()
            .map(word -> word.length() > LONGEST_WORD ? "..." : word)
            .collect(Collectors.joining(" "));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(text + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(text + " was interrupted", e);
    }
  }

  @Override
  public void close() {
    run(List.of("ip", "netns", "del", name));
  }
}
