package dev.pingcheck.kube;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cluster with all its files in one folder, by the script that ./dev cluster runs. */
final class Cluster implements AutoCloseable {
  /** The first start may have to build the binaries. */
  private static final int PATIENCE_SECONDS = 900;

  /** Asked once each, as the script may ask Go for its version each time. */
  private static final Supplier<String> BINARIES =
      Suppliers.memoize(() -> succeed(List.of("tools/binaries")).strip());

  private static final Supplier<String> NODE_BINARIES =
      Suppliers.memoize(() -> succeed(List.of("tools/binaries", "--e2e")).strip());

  private final Path state;
  private final List<String> flags;
  private final Thread atExit = new Thread(() -> script("down"), "cluster-end");

  /**
   * @param state the folder of its files, made by {@link #up}; two folders are two clusters
   * @param flags further ones of kube-apiserver
   */
  Cluster(Path state, String... flags) {
    this.state = state.toAbsolutePath();
    this.flags = List.of(flags);
  }

  /** Starts it empty, after ending one that a killed JVM has left; it ends with the JVM. */
  Cluster up() {
    script("down");
    delete(state);
    Runtime.getRuntime().addShutdownHook(atExit);
    writeFlags();
    script("up");
    return this;
  }

  private void writeFlags() {
    try {
      Files.createDirectories(state);
      Files.write(state.resolve("kube-apiserver.flags"), flags);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return state.resolve(name);
  }

  /** SIGKILL for a part that runs. */
  void kill(String part) {
    try {
      long pid = Long.parseLong(Files.readString(state.resolve("pid/" + part)).split(" ")[0]);
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    script("down");
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook finds nothing more to do.
    }
    delete(state.resolve("etcd"));
  }

  /**
   * Runs a command of the cluster script.
   *
   * @return its standard output
   * @throws IllegalStateException with the script's own sentence when it fails
   */
  String script(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tools/cluster"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--state", state.toString()));
    return succeed(command);
  }

  /** The path of etcd, kube-apiserver, kubectl or kube-controller-manager. */
  static String binary(String name) {
    return Path.of(BINARIES.get(), name).toString();
  }

  /** The path of helm, or of a part of a node such as kubelet. */
  static String nodeBinary(String name) {
    return Path.of(NODE_BINARIES.get(), name).toString();
  }

  private static String succeed(List<String> command) {
    Script.Result result = Script.run(Map.of(), PATIENCE_SECONDS, command);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed: " + result.err().strip());
    }
    return result.out();
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
