package dev.pingcheck.cli.kubectl;

import dev.pingcheck.log.SafeText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kubectl pingcheck pcap NAME}: the packets of a bad round, for Wireshark. */
@Command(
    name = "pcap",
    mixinStandardHelpOptions = true,
    description = {
      "Lists or copies the captures of a check's bad rounds (spec.capture).",
      "They are fetched by a port-forward to the operator's pods."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:listed or copied",
      "1:there is no capture of that check",
      "2:wrong command line, no such check, or a pod cannot be asked that may have the capture; the"
          + " line on stderr says why"
    })
final class PcapCommand implements Callable<Integer> {
  private static final int NONE = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions where;
  @Mixin private PageOptions page;

  @Parameters(index = "0", paramLabel = "NAME", description = "The name of a PingCheck.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CAPTURE",
      description = "Which one, as --list names it. Default: the newest.")
  private Optional<String> capture;

  @Option(names = "--list", description = "List the captures, the newest first.")
  private boolean isList;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it; -: to standard output. Default: the capture's own name.")
  private Optional<String> target;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Cluster cluster = where.open()) {
      OperatorPods pods = page.of(cluster);
      Captures captures =
          Captures.of(PodAnswers.of(pods.names(), pod -> ask(pods, pod, cluster.namespace())));
      captures.silent().stream().distinct().forEach(this::complain);
      List<Captures.Found> wanted = captures.named(capture);
      if (wanted.isEmpty()) {
        cluster.check(name); // of a name that is mistyped there is no capture either
        return captures.silent().isEmpty() ? none(cluster) : KubectlPingcheck.FAILED;
      }
      if (isList) {
        wanted.stream().map(Captures.Found::line).forEach(this::say);
      } else {
        copy(pods, cluster.namespace(), wanted.getFirst());
      }
      return 0;
    }
  }

  private List<EvidenceFile> ask(OperatorPods pods, String pod, String namespace)
      throws InterruptedException {
    try (OperatorPod way = pods.open(pod, PATIENCE)) {
      return way.ask("captures", api -> api.captures(namespace, name));
    }
  }

  private int none(Cluster cluster) {
    complain(
        "there is no %s of %s/%s; spec.capture: OnLoss has bad rounds captured"
            .formatted(
                capture.map(file -> "capture " + file).orElse("capture"),
                cluster.namespace(),
                name));
    return NONE;
  }

  private void copy(OperatorPods pods, String namespace, Captures.Found wanted)
      throws IOException, InterruptedException {
    String chosen = wanted.capture().file();
    try (OperatorPod way = pods.open(wanted.pod(), PATIENCE)) {
      if (target.filter("-"::equals).isPresent()) {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
          way.api().copy(namespace, name, chosen, out);
        }
        return;
      }
      Path file = Path.of(target.orElse(fileName(chosen)));
      Path part = Path.of(file + ".part");
      try (OutputStream out = Files.newOutputStream(part)) {
        way.api().copy(namespace, name, chosen, out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      say("%s: %d octets".formatted(file, Files.size(file)));
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(SafeText.of(line));
    out.flush();
  }

  private void complain(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + SafeText.of(sentence));
    err.flush();
  }

  /** The name that the operator gives, which must not lead out of this folder. */
  static String fileName(String given) {
    String safe = given.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "");
    return safe.isEmpty() ? "capture.pcap" : safe;
  }
}
