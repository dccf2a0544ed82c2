package dev.pingcheck.docs;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.lab.Shell;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the reader of one page sits: in a copy of the checkout that is made of links, with kubectl,
 * helm and a namespace of the page's own. A ping on the terminal leaves from the lab.
 */
final class Desk {
  private static final int PATIENCE_SECONDS = 150;
  private static final int AFTER_TERM_SECONDS = 5;

  /** The check of examples/ that is put in where a page says NAME. */
  private static final String EXAMPLE = "lossy";

  private final ApiServer api;
  private final Lab lab;
  private final Path folder;
  private final Path kubeconfig;
  private final String namespace;

  /**
   * @param namespace where commands work that name none; it exists
   */
  Desk(ApiServer api, Lab lab, Path folder, String namespace) throws IOException {
    this.api = api;
    this.lab = lab;
    this.folder = folder.toAbsolutePath();
    this.namespace = namespace;
    kubeconfig = this.folder.resolveSibling(folder.getFileName() + ".kubeconfig");
    linkCheckout();
    Config config = Serialization.unmarshal(Files.readString(api.kubeconfig()), Config.class);
    config.getContexts().getFirst().getContext().setNamespace(namespace);
    Files.writeString(kubeconfig, Serialization.asYaml(config));
  }

  /** What kubectl and helm read as a folder is copied: kubectl follows no link to one. */
  private void linkCheckout() throws IOException {
    Shell.must("rm", "--recursive", "--force", folder.toString());
    Files.createDirectories(folder);
    Shell.must("cp", "--recursive", "examples", "k8s", "helm", folder.toString());
    try (Stream<Path> files = Files.list(Path.of(""))) {
      for (Path file : files.filter(Desk::isOfTheProject).toList()) {
        Path link = folder.resolve(file);
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, file.toAbsolutePath());
        }
      }
    }
  }

  private static boolean isOfTheProject(Path file) {
    return !file.toString().startsWith(".") && !file.startsWith("target");
  }

  /** Writes a block as the file that its page says it is. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Runs what a reader types, to its end; both streams are one. */
  Shell.Result run(Command command) {
    List<String> line = new ArrayList<>();
    if (command.pings()) {
      line.addAll(lab.atProber());
    }
    line.addAll(
        List.of(
            "env",
            "--chdir=" + folder,
            "KUBECONFIG=" + kubeconfig,
            "PATH=" + api.path(),
            "timeout",
            "--kill-after=" + AFTER_TERM_SECONDS,
            Integer.toString(PATIENCE_SECONDS),
            "bash",
            "-euo",
            "pipefail",
            "-c",
            command.of(namespace, EXAMPLE).text()));
    return Shell.run(line);
  }

  /** The same for what must succeed and is on no page. */
  String must(String text) {
    return run(new Command(0, text, List.of())).orThrow(List.of(text));
  }
}
