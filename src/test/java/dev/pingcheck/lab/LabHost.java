package dev.pingcheck.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A machine of the lab: a network namespace with a loopback and one interface. What it does with
 * what arrives can be changed at any time; nothing is done to what it sends.
 */
public final class LabHost {
  private static final String CHAIN = "inet lab input";

  private final String name;
  private final String namespace;
  private final int number;

  LabHost(String name, String namespace, int number) {
    this.name = name;
    this.namespace = namespace;
    this.number = number;
  }

  public String name() {
    return name;
  }

  /** The network namespace, as {@code ip netns} knows it. */
  public String namespace() {
    return namespace;
  }

  /** Of the documentation prefix 192.0.2.0/24 (RFC 5737). */
  public String address4() {
    return "192.0.2." + number;
  }

  /** Of the documentation prefix 2001:db8::/32 (RFC 3849), in the form of RFC 5952. */
  public String address6() {
    return "2001:db8::" + Integer.toHexString(number);
  }

  /** Runs a command to its end in here and gives its output; it must succeed. */
  public String exec(String... command) {
    List<String> inside = inside(command);
    return Shell.run(inside).orThrow(inside);
  }

  /** Runs a command to its end in here and gives its exit code. */
  public int exitCodeOf(String... command) {
    return Shell.run(inside(command)).exitCode();
  }

  List<String> inside(String... command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    inside.addAll(Arrays.asList(command));
    return inside;
  }

  /** Carries out one nft command, such as {@code add rule inet lab input tcp dport 53 drop}. */
  public void nft(String command) {
    exec("nft", command);
  }

  /** Nothing that arrives over the network is heard any more. */
  public void dropAll() {
    heal();
    rule("iifname eth0 drop");
  }

  /** Of {@code n} echo requests of a family exactly the first, then each nth after it is lost. */
  public void dropOneIn(int n) {
    heal();
    rule("icmp type echo-request numgen inc mod " + n + " == 0 drop");
    rule("icmpv6 type echo-request numgen inc mod " + n + " == 0 drop");
  }

  /**
   * Echo requests are answered by an ICMP error.
   *
   * @param code {@code no-route}, {@code port-unreachable}, {@code host-unreachable} or {@code
   *     admin-prohibited}: what nft(8) has for both families
   */
  public void rejectWith(String code) {
    heal();
    rule("icmp type echo-request reject with icmpx type " + code);
    rule("icmpv6 type echo-request reject with icmpx type " + code);
  }

  /** Everything is heard again. */
  public void heal() {
    nft("flush chain " + CHAIN);
  }

  private void rule(String rule) {
    nft("add rule " + CHAIN + " " + rule);
  }

  /** Loopback up, an empty chain for the rules. */
  void prepare() {
    Shell.must("ip", "-n", namespace, "link", "set", "lo", "up");
    // A kernel sends few ICMP errors a second to one peer; here every one is wanted.
    exec("sh", "-c", "echo 0 > /proc/sys/net/ipv4/icmp_ratelimit");
    exec("sh", "-c", "echo 0 > /proc/sys/net/ipv6/icmp/ratelimit");
    nft("add table inet lab");
    nft("add chain " + CHAIN + " { type filter hook input priority 0; }");
  }

  /** Gives an interface the addresses of this host; no duplicate detection, so usable at once. */
  void address(String link) {
    Shell.must("ip", "-n", namespace, "addr", "add", address4() + "/24", "dev", link);
    Shell.must("ip", "-n", namespace, "addr", "add", address6() + "/64", "dev", link, "nodad");
    Shell.must("ip", "-n", namespace, "link", "set", link, "up");
  }
}
