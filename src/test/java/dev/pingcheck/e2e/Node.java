package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Kubernetes of one node with real pods, by the script of {@code ./dev e2e}. */
final class Node implements AutoCloseable {
  /** The first start builds binaries and images. */
  private static final int PATIENCE_MINUTES = 30;

  private static final String SCRIPT = "tools/e2e";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * What a command left behind.
   *
   * @param exitCode 0 to 255
   */
  record Result(int exitCode, String out, String err) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  private final Thread atExit = new Thread(() -> script("down"), "node-end");

  private Node() {}

  /** Starts it empty, after ending one that a killed JVM has left; it ends with the JVM. */
  static Node up() {
    Node node = new Node();
    Runtime.getRuntime().addShutdownHook(node.atExit);
    node.script("up");
    return node;
  }

  @Override
  public void close() {
    script("down");
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook finds nothing more to do.
    }
  }

  /**
   * Ends its first process as a crash does, and then it.
   *
   * @param group of one of its containers
   */
  void leavesNothingBehindWhenItIsKilled(String group) throws IOException {
    Path folder = Path.of(group.replaceFirst("(/pingcheck-[0-9a-f]+)/.*", "$1"));
    assertThat(folder).isDirectory();
    String[] init = Files.readString(Path.of(".dev/e2e/init.pid")).split(" ");
    ProcessHandle.of(Long.parseLong(init[0])).orElseThrow().destroyForcibly();
    close();
    assertThat(folder).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(".dev/e2e");
    assertThat(ProcessHandle.allProcesses().map(each -> each.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains(Path.of(".dev/e2e/node").toAbsolutePath().toString()));
  }

  private void script(String command) {
    Result result = start(List.of(SCRIPT, command)).await();
    if (!result.succeeded()) {
      throw new IllegalStateException("tools/e2e " + command + " failed: " + result.err());
    }
  }

  /** Runs a command on the node, which may fail. */
  Result attempt(String... command) {
    return start(onNode(command)).await();
  }

  /** Runs a command on the node and returns what it says. */
  String run(String... command) {
    Result result = attempt(command);
    if (!result.succeeded()) {
      throw new AssertionError(String.join(" ", command) + " failed: " + result.err());
    }
    return result.out();
  }

  /** A command that goes on until it is ended. */
  Running begin(String... command) {
    return start(onNode(command));
  }

  /** {@code kubectl … -o json}. */
  JsonNode json(String... kubectl) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(kubectl));
    command.addAll(List.of("-o", "json"));
    return parse(run(command.toArray(String[]::new)));
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  private static List<String> onNode(String... command) {
    List<String> words = new ArrayList<>(List.of(SCRIPT, "exec"));
    words.addAll(List.of(command));
    return words;
  }

  private static Running start(List<String> command) {
    try {
      Path out = Files.createTempFile("pingcheck", ".out");
      Path err = Files.createTempFile("pingcheck", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("PINGCHECK_AS_BUILT", "yes");
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process with its output in files, so that what it leaves running holds no pipe. */
  record Running(Process process, Path outFile, Path errFile) {
    Result await() {
      try {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
          end();
          throw new IllegalStateException(process.info() + " took longer than half an hour");
        }
        Result result = new Result(process.exitValue(), text(outFile), text(errFile));
        Files.delete(outFile);
        Files.delete(errFile);
        return result;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /** What it has said until now. */
    String soFar() {
      try {
        return text(outFile);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The same on its other output. */
    String complaintsSoFar() {
      try {
        return text(errFile);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Ends it and returns what it has said. */
    String end() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      return await().out();
    }

    private static String text(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }
  }
}
