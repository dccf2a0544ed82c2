package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.socket.PathMtuDiscovery;
import dev.pingcheck.engine.socket.SocketMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What may be typed behind {@code pingcheck ping}, as it was typed. */
final class PingArguments {

  @Parameters(
      paramLabel = "HOST",
      arity = "1..*",
      description = "DNS names, IPv4 or IPv6 addresses; several are pinged all at once.")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "-c",
      paramLabel = "COUNT",
      description = "Stop after that many echo requests. Default: go on until Ctrl-C.")
  Optional<Integer> count;

  @Option(
      names = "-i",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      description =
          "Time from one request to the next, from 0.002; root may go down to 0, which sends as"
              + " soon as the reply is there. Default: 1, with -f 0.")
  Double interval;

  @Option(
      names = "-W",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      description =
          "How long each request waits for its reply. Default: 10, but behind the last request no"
              + " longer than twice the longest round trip, one interval and one second.")
  Double timeout;

  @Option(
      names = "-w",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      description =
          "End after that time. With -c, go on until COUNT replies or an error have come, and end"
              + " with 1 if there were fewer.")
  Double deadline;

  @Option(
      names = "-s",
      paramLabel = "SIZE",
      defaultValue = "56",
      description = "Octets of payload, 16 to 65507. Default: ${DEFAULT-VALUE}.")
  int size;

  @Option(
      names = "-t",
      paramLabel = "TTL",
      defaultValue = "64",
      description = "Time to live or hop limit, 1 to 255. Default: ${DEFAULT-VALUE}.")
  int ttl;

  @Option(
      names = "-Q",
      paramLabel = "TOS",
      defaultValue = "0",
      converter = Converters.Octet.class,
      description =
          "Type of service or traffic class, 0 to 255 or 0x0 to 0xff: the upper six bits are the"
              + " DSCP, the lower two ECN's, which are sent as given. Default: ${DEFAULT-VALUE}.")
  int trafficClass;

  @Option(
      names = "-M",
      paramLabel = "do|want|dont|probe",
      defaultValue = "want",
      description =
          "Path MTU discovery: do never fragments, want fragments on this machine alone, dont"
              + " leaves DF out, probe ignores what routers told. Default: ${DEFAULT-VALUE}.")
  PathMtuDiscovery discovery;

  @Option(
      names = "-I",
      paramLabel = "INTERFACE|ADDRESS",
      description = "Interface to send by, or source address; once each.")
  List<String> origins = new ArrayList<>();

  @Option(
      names = "-p",
      paramLabel = "PATTERN",
      converter = Converters.Pattern.class,
      description =
          "Up to 16 octets in hexadecimal digits, which fill the payload behind its first 16"
              + " octets and must come back.")
  Optional<Converters.Octets> pattern;

  @Option(
      names = "-n",
      description = "Addresses alone; always so, as ping never looks an address's name up.")
  boolean numeric;

  @Option(names = "-q", description = "Quiet: the first line and the summary alone.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Also print what iputils has no line for: each lost request, and packets that count"
              + " neither way. With several hosts, print the lines of each.")
  boolean verbose;

  @Option(names = "-D", description = "Begin lines with the Unix time in brackets.")
  boolean timeStamps;

  @Option(
      names = "-O",
      description = "Before each request say so if the one before is not answered yet.")
  boolean outstanding;

  @Option(
      names = "-f",
      description =
          "Flood: a dot for each request, which its reply takes away. Root alone, or -i of at least"
              + " 0.002.")
  boolean flood;

  @Option(names = "--json", description = "Print one JSON object a line: see docs/ping.md.")
  boolean json;

  @Option(
      names = "--icmp",
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "Kind of sockets: raw (needs the capability NET_RAW), ping (needs a group within"
              + " net.ipv4.ping_group_range), or auto: raw, and ping where that is not permitted."
              + " Default: ${DEFAULT-VALUE}.")
  SocketMode mode;

  @ArgGroup Family family = new Family();

  /** At most one of the two. */
  static final class Family {
    @Option(names = "-4", description = "Use IPv4 only.")
    boolean ipv4;

    @Option(names = "-6", description = "Use IPv6 only.")
    boolean ipv6;
  }
}
