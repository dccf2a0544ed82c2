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
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A terminal with a shell in it, for somebody who types and looks: tmux without a window. */
final class Terminal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final String socket;

  /**
   * Opens it.
   *
   * @param folder an empty one, in which the shell is
   */
  Terminal(Path folder, int columns, int rows) {
    this.folder = folder;
    socket = folder.resolve("tmux").toString();
    tmux("start-server", ";", "set", "-g", "status", "off", ";")
        .and("new-session", "-d", "-x", "" + columns, "-y", "" + rows, "-c", folder.toString())
        .and("env", "PS1=$ ", "bash", "--norc", "--noprofile")
        .run();
    await("a prompt", () -> lines().getFirst().equals("$"));
  }

  /** Has a command ready under a name: what it is, is in no line that is typed. */
  void provide(String name, Map<String, String> environment, List<String> command) {
    String settings =
        environment.entrySet().stream()
            .map(each -> "export %s='%s'%n".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining());
    String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    try {
      Path script = folder.resolve(name);
      Files.writeString(
          script, "#!/bin/sh\n" + settings + "echo $$ >" + name + ".pid\nexec " + words + "\n");
      script.toFile().setExecutable(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types a line and Enter. */
  void type(String line) {
    tmux("send-keys", "-l", line).run();
    press("Enter");
  }

  /** Presses a key, as tmux calls it: {@code C-c}. */
  void press(String key) {
    tmux("send-keys", key).run();
  }

  /** Sends a signal such as TERM to a command that was provided. */
  void signal(String name, String signal) {
    String pid = read(folder.resolve(name + ".pid")).strip();
    Script.run(Map.of(), PATIENCE_SECONDS, List.of("kill", "-" + signal, pid));
  }

  /** Makes it as large as a user who pulls at its corner. */
  void resize(int columns, int rows) {
    tmux("resize-window", "-x", "" + columns, "-y", "" + rows).run();
  }

  /** What is to be seen, without the blanks at the ends of lines. */
  List<String> lines() {
    return tmux("capture-pane", "-p").run().lines().map(String::stripTrailing).toList();
  }

  boolean isOnSecondScreen() {
    return flag("alternate_on");
  }

  boolean isCursorShown() {
    return flag("cursor_flag");
  }

  private boolean flag(String name) {
    return tmux("display-message", "-p", "#{" + name + "}").run().strip().equals("1");
  }

  /** All modes of the line, as a text that is the same for the same ones. */
  String modes() {
    type("stty -g >modes; echo told >>modes");
    await("the modes", () -> read(folder.resolve("modes")).endsWith("told\n"));
    String modes = read(folder.resolve("modes"));
    type("rm modes; clear");
    await("a clear screen", () -> lines().getFirst().equals("$"));
    return modes;
  }

  static void await(String what, java.util.concurrent.Callable<Boolean> state) {
    Awaitility.await(what).atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(state);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    tmux("kill-server").run();
  }

  private Call tmux(String... words) {
    return new Call().and("tmux", "-f", "/dev/null", "-S", socket).and(words);
  }

  /** A call of tmux. */
  private static final class Call {
    private final List<String> words = new ArrayList<>();

    Call and(String... more) {
      words.addAll(List.of(more));
      return this;
    }

    String run() {
      Script.Result result = Script.run(Map.of(), PATIENCE_SECONDS, words);
      if (result.exitCode() != 0) {
        throw new AssertionError(String.join(" ", words) + ": " + result.err().strip());
      }
      return result.out();
    }
  }
}
