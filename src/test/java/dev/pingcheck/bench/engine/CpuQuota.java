package dev.pingcheck.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A control group whose processes get so much processor time in each period, under cgroup v2 or,
 * where the kernel has its cpu controller there, under v1 (kernel doc admin-guide/cgroup-v2 and
 * scheduler/sched-bwc).
 */
record CpuQuota(Path folder) implements AutoCloseable {

  /** Makes the group; who writes its id into {@code cgroup.procs} below the folder is in it. */
  static CpuQuota of(int quotaMicros, int periodMicros) {
    List<String> mounts = lines(Path.of("/proc/self/mounts"));
    String name = "pingcheck-bench-" + ProcessHandle.current().pid();
    try {
      for (Path root : mounted(mounts, "cgroup2", "")) {
        if (lines(root.resolve("cgroup.controllers")).toString().matches(".*\\bcpu\\b.*")) {
          Files.writeString(root.resolve("cgroup.subtree_control"), "+cpu");
          Path folder = Files.createDirectory(root.resolve(name));
          Files.writeString(folder.resolve("cpu.max"), quotaMicros + " " + periodMicros);
          return new CpuQuota(folder);
        }
      }
      for (Path root : mounted(mounts, "cgroup", "cpu")) {
        Path folder = Files.createDirectory(root.resolve(name));
        Files.writeString(folder.resolve("cpu.cfs_period_us"), Integer.toString(periodMicros));
        Files.writeString(folder.resolve("cpu.cfs_quota_us"), Integer.toString(quotaMicros));
        return new CpuQuota(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no CPU quota could be set: " + e.getMessage(), e);
    }
    throw new IllegalStateException(
        "no control groups with a cpu controller are mounted: mount cgroup2 on /sys/fs/cgroup");
  }

  private static List<Path> mounted(List<String> mounts, String type, String option) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields[2].equals(type))
        .filter(
            fields -> option.isEmpty() || Stream.of(fields[3].split(",")).anyMatch(option::equals))
        .map(fields -> Path.of(fields[1]))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " could not be removed", e);
    }
  }
}
