package dev.pingcheck.lab.tun;

import dev.pingcheck.lab.Shell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace whose only way out is a TUN device, which leads to whoever attaches to it,
 * and to nobody else. Its kernel answers no echo request, obeys no redirect, and takes packets from
 * any source. Needs root.
 */
public final class TunNamespace implements AutoCloseable {
  /** The device's name. */
  public static final String DEVICE = "tun0";

  /** Room for every request of a full window that the responder has not read yet. */
  private static final String QUEUE = "20000";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name =
      "pctun-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  private final List<Process> processes = new ArrayList<>();
  private final Thread atExit = new Thread(this::remove, "tun-namespace-removal");
  private boolean removed;

  /** Makes it. */
  public TunNamespace() {
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      build();
    } catch (IllegalStateException failed) {
      close();
      throw failed;
    }
  }

  private void build() {
    ip("netns", "add", name);
    // Before the device is there, so that it inherits what is set for "default".
    List<String> settings =
        new ArrayList<>(List.of("ip", "netns", "exec", name, "sysctl", "-q", "-w"));
    for (String scope : List.of("all", "default")) {
      settings.add("net.ipv4.conf." + scope + ".rp_filter=0");
      settings.add("net.ipv4.conf." + scope + ".accept_redirects=0");
      settings.add("net.ipv4.conf." + scope + ".log_martians=0");
      settings.add("net.ipv4.conf." + scope + ".forwarding=0");
      settings.add("net.ipv6.conf." + scope + ".accept_redirects=0");
      settings.add("net.ipv6.conf." + scope + ".accept_ra=0");
      settings.add("net.ipv6.conf." + scope + ".forwarding=0");
    }
    settings.add("net.ipv4.icmp_echo_ignore_all=1");
    settings.add("net.ipv6.icmp.echo_ignore_all=1");
    settings.add("net.ipv4.ping_group_range=0 2147483647");
    Shell.must(settings.toArray(String[]::new));
    ip("-n", name, "link", "set", "lo", "up");
    ip("-n", name, "tuntap", "add", "dev", DEVICE, "mode", "tun");
    ip("-n", name, "link", "set", DEVICE, "txqueuelen", QUEUE, "up");
    ip("-n", name, "addr", "add", Targets.OWN_IPV4 + "/16", "dev", DEVICE);
    ip("-n", name, "addr", "add", Targets.OWN_IPV6 + "/64", "dev", DEVICE, "nodad");
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Shell.must(command.toArray(String[]::new));
  }

  /**
   * Starts a Java program inside, with this one's class path; both its streams are one.
   *
   * @param options of the JVM
   */
  public Process java(List<String> options, Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      synchronized (this) {
        processes.add(process);
      }
      return process;
    } catch (IOException missing) {
      throw new IllegalStateException("The lab needs the program ip; Debian: iproute2.", missing);
    }
  }

  /** Ends what runs inside, and removes it. */
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook finds nothing more to do.
    }
  }

  private synchronized void remove() {
    if (removed) {
      return;
    }
    removed = true;
    for (Process process : processes) {
      process.destroyForcibly();
      try {
        process.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    Shell.run(List.of("ip", "netns", "del", name));
  }
}
