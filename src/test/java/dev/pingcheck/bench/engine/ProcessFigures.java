package dev.pingcheck.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process in /proc/PID: proc(5). */
record ProcessFigures(long pid) {
  private static final double KIB_PER_MIB = 1024;
  private static final double TICKS_PER_SECOND = 100;

  /** Behind the name in brackets: utime is the 14th field of all, the first here is the third. */
  private static final int UTIME = 14 - 3;

  /** Resident memory in MiB, with the pages of files that others share. */
  double resident() {
    return status("VmRSS");
  }

  /** That part of it in MiB which no file backs: what the process alone costs. */
  double anonymous() {
    return status("RssAnon");
  }

  /** Seconds of processor time since the start. */
  double cpuSeconds() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_PER_SECOND;
  }

  private double status(String field) {
    return Words.after(field + ":", read("status").replace('\t', ' ')) / KIB_PER_MIB;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " of the benchmark has ended", e);
    }
  }
}
