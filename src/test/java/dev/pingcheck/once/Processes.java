package dev.pingcheck.once;

import dev.pingcheck.kube.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts Java processes that end with this one at the latest, each with a log file of its own. */
final class Processes implements AutoCloseable {
  private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
  private static final Path LOGS = OwnFolder.of("once-logs");
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Set<Process> alive = new HashSet<>();
  private final Map<Process, Path> logs = new HashMap<>();
  private final Thread atExit = new Thread(this::killAll, "processes-end");

  Processes() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  synchronized Process java(String name, Map<String, String> environment, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(arguments);
    try {
      Files.createDirectories(LOGS);
      Path log = LOGS.resolve("%03d-%s.log".formatted(STARTED.incrementAndGet(), name));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("KUBECONFIG");
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      alive.removeIf(p -> !p.isAlive());
      alive.add(process);
      logs.put(process, log);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a process has written so far. */
  synchronized String log(Process process) {
    try {
      return Files.readString(logs.get(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  static void kill(Process process) {
    process.destroyForcibly();
    await(process);
  }

  /** SIGTERM, and SIGKILL if that takes too long. */
  static void terminate(Process process) {
    process.destroy();
    await(process);
  }

  /** SIGSTOP: it sleeps, and does not know. */
  static void pause(Process process) {
    signal(process, "STOP");
  }

  /** SIGCONT. */
  static void resume(Process process) {
    signal(process, "CONT");
  }

  private static void signal(Process process, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void killAll() {
    alive.forEach(Processes::kill);
    alive.clear();
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook finds nothing more to do.
    }
  }
}
