package dev.pingcheck.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A running tcpdump; when it is closed, the file holds every packet that it saw. */
public final class Capture implements AutoCloseable {
  private final Process process;

  private Capture(Process process) {
    this.process = process;
  }

  static Capture start(LabHost machine, String link, Path file, String filter) {
    List<String> command =
        machine.inside(
            "tcpdump",
            "-Z",
            "root",
            "-i",
            link,
            "-U",
            "-n",
            "--immediate-mode",
            "-w",
            file.toString(),
            filter);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.contains("listening on")) {
          return new Capture(process);
        }
      }
    } catch (IOException missing) {
      throw new IllegalStateException("A capture needs tcpdump.", missing);
    }
    throw new IllegalStateException("tcpdump did not begin: " + String.join(" ", command));
  }

  /** Ends it; the file is complete then. */
  @Override
  public void close() {
    Lab.end(process);
  }
}
