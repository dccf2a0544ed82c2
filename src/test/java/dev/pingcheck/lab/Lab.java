package dev.pingcheck.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small network of real namespaces: a prober and any number of hosts on one switch, IPv4 and
 * IPv6, with no way out. If wanted, a DNS server of its own is the only one that the prober knows.
 *
 * <pre>{@code
 * try (Lab lab = Lab.builder().hosts("a", "b").name("a.lab.test", "a").open()) {
 *   lab.host("a").dropOneIn(4);
 *   lab.start("ping", "-c", "4", lab.host("a").address4());
 * }
 * }</pre>
 *
 * <p>Needs root and Debian's iproute2, nftables, iputils-ping, and dnsmasq-base and tcpdump where
 * they are used. Closing removes every namespace, process and file, also after a failed start.
 */
public final class Lab implements AutoCloseable {
  /** The prober's own last octet; hosts count from 10, the DNS server is 53. */
  private static final int PROBER = 1;

  private static final int FIRST_HOST = 10;
  private static final int DNS = 53;
  private static final int MAX_HOSTS = 43;
  private static final String SWITCH = "br0";
  private static final Path NETNS_FILES = Path.of("/etc/netns");
  private static final AtomicInteger LABS = new AtomicInteger();

  private final String prefix =
      "pclab-" + ProcessHandle.current().pid() + "-" + LABS.incrementAndGet();
  private final Map<String, LabHost> hosts = new LinkedHashMap<>();
  private final Deque<Process> processes = new ArrayDeque<>();
  private final List<LabHost> machines = new ArrayList<>();
  private final Thread atExit = new Thread(this::removeAll, "lab-removal");
  private LabHost prober;

  private Lab() {}

  public static Builder builder() {
    return new Builder();
  }

  /** What a lab is to consist of. */
  public static final class Builder {
    private final List<String> hosts = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<String> dnsOptions = new ArrayList<>();

    private Builder() {}

    /** Adds hosts by their names. */
    public Builder hosts(String... added) {
      hosts.addAll(Arrays.asList(added));
      return this;
    }

    /** Gives a host a DNS name for both of its addresses, with a time to live of 60 s. */
    public Builder name(String dnsName, String host) {
      names.put(dnsName, host);
      return this;
    }

    /** Adds an option of dnsmasq(8) without its dashes. */
    public Builder dns(String option) {
      dnsOptions.add(option);
      return this;
    }

    /** Builds it. */
    public Lab open() {
      if (!"root".equals(System.getProperty("user.name"))) {
        throw new IllegalStateException(
            "A lab is made of network namespaces and needs root; run this as root.");
      }
      Lab lab = new Lab();
      Runtime.getRuntime().addShutdownHook(lab.atExit);
      try {
        lab.build(this);
        return lab;
      } catch (RuntimeException | IOException failed) {
        lab.close();
        throw new IllegalStateException("The lab could not be built: " + failed, failed);
      }
    }
  }

  private synchronized void build(Builder plan) throws IOException {
    if (plan.hosts.size() > MAX_HOSTS) {
      throw new IllegalArgumentException("a lab has at most " + MAX_HOSTS + " hosts");
    }
    prober = machine("prober", PROBER);
    String inside = prober.namespace();
    Shell.must("ip", "-n", inside, "link", "add", SWITCH, "type", "bridge", "forward_delay", "0");
    prober.address(SWITCH);
    for (int i = 0; i < plan.hosts.size(); i++) {
      hosts.put(plan.hosts.get(i), plugIn(machine(plan.hosts.get(i), FIRST_HOST + i)));
    }
    if (!plan.names.isEmpty() || !plan.dnsOptions.isEmpty()) {
      startDns(plugIn(machine("dns", DNS)), plan);
    }
  }

  private LabHost machine(String name, int number) {
    LabHost machine = new LabHost(name, prefix + "-" + number, number);
    machines.add(machine);
    Shell.must("ip", "netns", "add", machine.namespace());
    machine.prepare();
    return machine;
  }

  private LabHost plugIn(LabHost machine) {
    String port = "port-" + machine.namespace().substring(prefix.length() + 1);
    Shell.must(
        "ip",
        "-n",
        prober.namespace(),
        "link",
        "add",
        port,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        machine.namespace());
    Shell.must("ip", "-n", prober.namespace(), "link", "set", port, "master", SWITCH, "up");
    machine.address("eth0");
    return machine;
  }

  private void startDns(LabHost server, Builder plan) throws IOException {
    Path files = NETNS_FILES.resolve(prober.namespace());
    Files.createDirectories(files);
    Files.writeString(files.resolve("resolv.conf"), "nameserver " + server.address4() + "\n");
    Files.writeString(files.resolve("hosts"), "127.0.0.1 localhost\n::1 localhost\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--local=/test/",
                "--log-facility=-"));
    plan.names.forEach((name, host) ->
        command.add(
            "--host-record="
                + name
                + ","
                + host(host).address4()
                + ","
                + host(host).address6()
                + ",60"));
    plan.dnsOptions.forEach(option -> command.add("--" + option));
    startIn(server, command.toArray(String[]::new));
    awaitOutput(server, "ss -Hlun sport = :53", ":53");
  }

  private static void awaitOutput(LabHost machine, String command, String expected) {
    for (int attempt = 0; attempt < 250; attempt++) {
      if (machine.exec(command.split(" ")).contains(expected)) {
        return;
      }
      pause();
    }
    throw new IllegalStateException(command + " never showed " + expected);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** A host by the name that it was given. */
  public LabHost host(String name) {
    LabHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("the lab has no host " + name + " but " + hosts.keySet());
    }
    return host;
  }

  /** The machine from which is pinged. */
  public LabHost prober() {
    return prober;
  }

  /** The DNS server: {@code dns().dropAll()} silences it. */
  public LabHost dns() {
    return machines.getLast();
  }

  /** Starts a process at the prober; it ends with the lab. */
  public Process start(String... command) {
    return startIn(prober, command);
  }

  /** The command line that runs something at the prober, to be started by the caller. */
  public List<String> atProber(String... command) {
    return prober.inside(command);
  }

  private Process startIn(LabHost machine, String... command) {
    try {
      Process process =
          new ProcessBuilder(machine.inside(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      processes.push(process);
      return process;
    } catch (IOException missing) {
      throw new IllegalStateException("cannot start " + command[0], missing);
    }
  }

  /**
   * Writes what passes the prober's interface to a pcap file, from now until the capture is closed.
   *
   * @param filter as tcpdump(8) takes it, such as {@code icmp or icmp6}
   */
  public Capture capture(Path file, String filter) {
    return Capture.start(prober, SWITCH, file, filter);
  }

  /** The same at another interface of the prober, such as {@code lo}, or {@code any}. */
  public Capture capture(Path file, String link, String filter) {
    return Capture.start(prober, link, file, filter);
  }

  /** Removes all of it. */
  @Override
  public void close() {
    removeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook finds nothing more to do.
    }
  }

  private synchronized void removeAll() {
    while (!processes.isEmpty()) {
      end(processes.pop());
    }
    for (LabHost machine : machines.reversed()) {
      for (String pid : Shell.run(pids(machine)).output().split("\\s+")) {
        if (pid.matches("[0-9]+")) {
          ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
      Shell.run(List.of("ip", "netns", "del", machine.namespace()));
      removeFiles(NETNS_FILES.resolve(machine.namespace()));
    }
    machines.clear();
  }

  private static List<String> pids(LabHost machine) {
    return List.of("ip", "netns", "pids", machine.namespace());
  }

  static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void removeFiles(Path folder) {
    try {
      for (String file : List.of("resolv.conf", "hosts", ".")) {
        Files.deleteIfExists(folder.resolve(file).normalize());
      }
    } catch (IOException left) {
      throw new IllegalStateException("could not remove " + folder, left);
    }
  }
}
