package dev.pingcheck.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Three namespaces in a row, each linked to the next: a client, a router, a server. The client is
 * 10.9.1.1 and fd09:1::1, the server 10.9.2.2 and fd09:2::2; nothing leads out. Needs root.
 */
public final class NetworkNamespaces implements AutoCloseable {
  /** What a command printed on both streams, and its exit code. */
  public record Output(int exitCode, String text) {}

  private final String prefix =
      "pc" + HexFormat.of().toHexDigits(new Random().nextInt()).substring(0, 6);
  private final List<String> made = new ArrayList<>();

  public NetworkNamespaces() {
    for (String name : List.of("c", "r", "s")) {
      must("ip", "netns", "add", prefix + name);
      made.add(prefix + name);
      must("ip", "-n", prefix + name, "link", "set", "lo", "up");
      // Otherwise the first IPv6 packets on a fresh link wait for a second or two.
      quiet(name, "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0");
      quiet(name, "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
      quiet(name, "net.ipv4.icmp_msgs_per_sec=100000", "net.ipv4.icmp_msgs_burst=10000");
    }
    link("c", "r", 1);
    link("r", "s", 2);
    quiet("r", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    route("c", 1, 2);
    route("s", 2, 1);
    awaitIpv6();
  }

  /** A fresh link passes its first IPv6 packets a moment after it is up. */
  private void awaitIpv6() {
    for (int i = 0; i < 100; i++) {
      if (in(client(), "ping", "-q", "-c", "1", "-W", "0.1", "fd09:2::2").exitCode() == 0) {
        return;
      }
    }
    throw new AssertionError("no IPv6 between the namespaces");
  }

  public String client() {
    return prefix + "c";
  }

  public String router() {
    return prefix + "r";
  }

  /** Runs a command in a namespace, to its end. */
  public static Output in(String namespace, String... command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(List.of(command));
    return run(whole.toArray(String[]::new));
  }

  /** Runs our ping in a namespace, as a process of its own. */
  public static Output ping(String namespace, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pingcheck.cli.Pingcheck",
                "ping"));
    command.addAll(List.of(arguments));
    return in(namespace, command.toArray(String[]::new));
  }

  /** Starts a command in a namespace. */
  public static Process start(String namespace, String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(List.of(command));
    return new ProcessBuilder(whole).redirectErrorStream(true).start();
  }

  /** Runs a command, which must succeed. */
  public static String must(String... command) {
    Output output = run(command);
    if (output.exitCode() != 0) {
      throw new AssertionError(
          "needs root, iproute2 and nftables: " + String.join(" ", command) + ": " + output.text());
    }
    return output.text();
  }

  private static Output run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + String.join(" ", command));
      }
      return new Output(process.exitValue(), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void quiet(String name, String... settings) {
    List<String> command =
        new ArrayList<>(List.of("ip", "netns", "exec", prefix + name, "sysctl", "-q", "-w"));
    command.addAll(List.of(settings));
    must(command.toArray(String[]::new));
  }

  private void link(String left, String right, int net) {
    must(
        "ip",
        "link",
        "add",
        "net" + net,
        "netns",
        prefix + left,
        "type",
        "veth",
        "peer",
        "name",
        "net" + net,
        "netns",
        prefix + right);
    address(left, net, 1);
    address(right, net, 2);
  }

  private void address(String name, int net, int host) {
    String device = "net" + net;
    must(
        "ip",
        "-n",
        prefix + name,
        "addr",
        "add",
        "10.9." + net + "." + host + "/24",
        "dev",
        device);
    must(
        "ip",
        "-n",
        prefix + name,
        "addr",
        "add",
        "fd09:" + net + "::" + host + "/64",
        "dev",
        device,
        "nodad");
    must("ip", "-n", prefix + name, "link", "set", device, "up");
  }

  private void route(String name, int own, int other) {
    int gateway = own == 1 ? 2 : 1;
    must(
        "ip",
        "-n",
        prefix + name,
        "route",
        "add",
        "10.9." + other + ".0/24",
        "via",
        "10.9." + own + "." + gateway);
    must(
        "ip",
        "-n",
        prefix + name,
        "route",
        "add",
        "fd09:" + other + "::/64",
        "via",
        "fd09:" + own + "::" + gateway);
  }

  @Override
  public void close() {
    made.forEach(name -> run("ip", "netns", "del", name));
  }
}
