package dev.pingcheck.cli.kubectl;

import dev.pingcheck.kube.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code kubectl-pingcheck} as a process from the build, as its launcher starts it. */
final class PluginProcess {
  private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
  private static final int PATIENCE_SECONDS = 120;
  private static final String CLASS_PATH =
      must(List.of("bash", "-c", "source tools/lib.sh && plugin_class_path"));

  private final Process process;
  private final Path out;
  private final Path err;

  private PluginProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Runs it to its end. */
  static Script.Result run(Path kubeconfig, String... arguments) {
    return Script.run(
        Map.of("KUBECONFIG", kubeconfig.toString()), PATIENCE_SECONDS, command(arguments));
  }

  /** Starts it and goes on. */
  static PluginProcess start(Path kubeconfig, String... arguments) {
    try {
      Path out = Files.createTempFile("plugin", ".out");
      Path err = Files.createTempFile("plugin", ".err");
      ProcessBuilder builder = new ProcessBuilder(command(arguments));
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      return new PluginProcess(
          builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String out() {
    try {
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal such as INT, and waits for the end. */
  Script.Result end(String signal) {
    must(List.of("kill", "-" + signal, Long.toString(process.pid())));
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it goes on after SIG" + signal);
      }
      Script.Result result = new Script.Result(process.exitValue(), out(), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Its words. */
  static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env", // a shell's background job ignores this signal, and so would its children
                "--default-signal=INT",
                JAVA,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                CLASS_PATH,
                "dev.pingcheck.cli.kubectl.KubectlPingcheck"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String must(List<String> command) {
    Script.Result result = Script.run(Map.of(), PATIENCE_SECONDS, command);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + result.err());
    }
    return result.out();
  }
}
