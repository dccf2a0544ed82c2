package dev.pingcheck.e2e;

import dev.pingcheck.e2e.Pods.Container;
import java.util.List;

/** The control group that holds a container to its limit of processor time. */
final class CpuQuota {
  private static final String HOG =
      "echo $$ >%s/cgroup.procs && exec timeout 400 sh -c 'while :; do :; done'";

  private CpuQuota() {}

  /** Holds a container that runs to so much of a processor, and waits until it is held. */
  static void limit(Pods pods, Container container, String cpu) {
    String patch =
        "{\"spec\":{\"containers\":[{\"name\":\"%s\",\"resources\":{\"limits\":{\"cpu\":\"%s\"}}}]}}"
            .formatted(container.name(), cpu);
    pods.kubectl("patch", "pod", container.pod(), "--subresource=resize", "--patch", patch);
    pods.kubectl(
        "wait",
        "--for=jsonpath={.status.containerStatuses[?(@.name==\""
            + container.name()
            + "\")].resources.limits.cpu}="
            + cpu,
        "pod/" + container.pod(),
        "--timeout=180s");
  }

  /** Its folder on the node, in the first or the second version of control groups. */
  static String group(Pods pods, Container container) {
    String groups = pods.node().run("cat", "/proc/" + container.pid() + "/cgroup");
    for (String line : groups.lines().toList()) {
      String[] words = line.split(":", 3);
      if (List.of(words[1].split(",")).contains("cpu")) {
        return "/sys/fs/cgroup/cpu" + words[2];
      }
    }
    return "/sys/fs/cgroup" + groups.strip().replaceFirst("(?s).*0::", "");
  }

  /** How many periods the kernel has made the container wait for the rest of. */
  static long throttled(Pods pods, Container container) {
    return pods.node()
        .run("cat", group(pods, container) + "/cpu.stat")
        .lines()
        .filter(line -> line.startsWith("nr_throttled "))
        .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
        .sum();
  }

  /** A loop that takes what the container may have, so that all else in it waits. */
  static Node.Running hog(Pods pods, Container container) {
    return pods.node().begin("sh", "-c", HOG.formatted(group(pods, container)));
  }
}
