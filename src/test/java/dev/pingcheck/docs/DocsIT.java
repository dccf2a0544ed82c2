package dev.pingcheck.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.lab.Shell;
import dev.pingcheck.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the commands of README.md and of every page of docs/ from top to bottom, and lets the API
 * server judge their manifests. Pages that install PingCheck come first, each on a cluster without
 * it; the others find it running, and the hosts of their examples in a lab. {@link Mark} says how a
 * page excuses a block.
 */
class DocsIT {
  private static final Path FOLDER = Path.of("target/docs");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static ApiServer api;
  private static Lab lab;
  private static Pipeline pingcheck;

  @BeforeAll
  static void start() {
    api = ApiServer.open(Path.of("target/docs-api-server"));
    lab =
        Lab.builder()
            .hosts("gateway", "lossy", "dead", "v6", "second")
            .name("gw.example.com", "gateway")
            .name("healthy.lab.test", "gateway")
            .name("lossy.lab.test", "lossy")
            .name("dead.lab.test", "dead")
            .dns("local=/example.com/")
            .dns("host-record=ipv6.lab.test,2001:db8::d,60")
            .dns("host-record=api.example.com,192.0.2.10,60")
            .dns("host-record=api.example.com,192.0.2.14,60")
            .open();
    lab.host("lossy").dropOneIn(4);
    lab.host("dead").dropAll();
  }

  @AfterAll
  static void end() {
    if (pingcheck != null) {
      pingcheck.close();
    }
    lab.close();
    api.close();
  }

  @TestFactory
  Stream<DynamicTest> commandsAndManifestsOfThePageWork() {
    List<Page> pages = Page.all();
    Set<String> installing =
        pages.stream()
            .filter(Page::startsFromAnEmptyCluster)
            .flatMap(page -> page.blocks().stream())
            .filter(Block::isOurs)
            .flatMap(block -> block.commands().stream())
            .map(Command::bare)
            .collect(Collectors.toSet());
    return Stream.concat(
        pages.stream()
            .filter(Page::startsFromAnEmptyCluster)
            .map(page -> dynamicTest(page.file().toString(), () -> install(page))),
        pages.stream()
            .filter(page -> !page.startsFromAnEmptyCluster())
            .filter(page -> page.blocks().stream().anyMatch(DocsIT::hasWork))
            .map(page -> dynamicTest(page.file().toString(), () -> use(page, installing))));
  }

  private static boolean hasWork(Block block) {
    return block.isOurs() && (block.isYaml() || !block.commands().isEmpty());
  }

  /** The page ends with the removal of all that it has installed. */
  private static void install(Page page) throws IOException {
    Desk desk = desk(page, "default");
    try {
      run(page, desk, Set.of());
      assertThat(desk.must("kubectl get crds,namespaces,clusterroles -o name"))
          .doesNotContain("pingcheck");
    } catch (AssertionError wrong) {
      desk.must("helm uninstall pingcheck --namespace pingcheck-system --ignore-not-found");
      desk.must("kubectl delete --ignore-not-found -k k8s/overlays/fleet");
      throw wrong;
    }
  }

  /** Commands that a page of the other kind has shown to work are not run once more. */
  private static void use(Page page, Set<String> installing) throws IOException {
    if (pingcheck == null) {
      pingcheck = new Pipeline(api, lab).start();
      // Its pods have no node here, and the processes of the pipeline stand in for them.
      api.kubectl("apply", "--server-side", "--force-conflicts", "-k", "k8s/overlays/net-raw");
    }
    Desk desk = desk(page, api.newNamespace("docs"));
    try {
      if (page.startsFromTheExamples()) {
        desk.must("kubectl apply -f examples");
      }
      run(page, desk, installing);
      judge(page, desk);
    } finally {
      api.admin().resources(PingCheck.class).inAnyNamespace().delete();
      api.admin().resources(PingPolicy.class).delete();
    }
  }

  private static Desk desk(Page page, String namespace) throws IOException {
    String name = page.file().toString().replace('/', '-').replace(".md", "");
    return new Desk(api, lab, FOLDER.resolve(name).resolve("pingcheck"), namespace);
  }

  private static void run(Page page, Desk desk, Set<String> done) throws IOException {
    for (Block block : page.blocks()) {
      if (block.mark(Mark.FILE).isPresent()) {
        desk.write(block.mark(Mark.FILE).get(), block.text());
      } else if (block.isOurs()) {
        List<Command> commands = block.commands();
        for (Command command : commands) {
          boolean isLast = command.equals(commands.getLast());
          String place = page.file() + ":" + command.line();
          if (isLast && block.mark(Mark.FAILS).isPresent()) {
            mustFail(place, command, desk.run(command), block.mark(Mark.FAILS).get());
          } else if (!done.contains(command.bare())) {
            mustSucceed(place, command, result(desk, command));
          }
        }
      }
    }
  }

  /** What a table shows, such as events, may follow a moment after what made it: it only reads. */
  private static Shell.Result result(Desk desk, Command command) throws IOException {
    Shell.Result result = desk.run(command);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasItsColumns(command, result) && System.nanoTime() < deadline) {
      result = desk.run(command);
    }
    return result;
  }

  private static boolean hasItsColumns(Command command, Shell.Result result) {
    return command.columns().isEmpty()
        || result.output().lines().map(Command::columnsOf).anyMatch(command.columns()::equals);
  }

  private static void mustSucceed(String place, Command command, Shell.Result result) {
    if (!command.isContentWith(result.exitCode())) {
      fail(
          """
          %s: %s
          failed with %d: %s
          Mend it, or write a line <!-- not run: REASON --> or <!-- run by: CLASS --> before its block.\
          """
              .formatted(place, command.text(), result.exitCode(), result.output().strip()));
    }
    if (!command.columns().isEmpty()) {
      assertThat(result.output().lines().map(Command::columnsOf))
          .as("%s: the columns that %s shows", place, command.text())
          .contains(command.columns());
    }
  }

  private static void mustFail(String place, Command command, Shell.Result result, String words) {
    assertThat(result.exitCode())
        .as("%s: %s is to fail, and says: %s", place, command.text(), result.output())
        .isNotZero();
    assertThat(result.output()).as("%s: %s", place, command.text()).contains(words);
  }

  private static void judge(Page page, Desk desk) throws IOException {
    List<Block> manifests =
        page.blocks().stream()
            .filter(block -> block.isYaml() && block.isOurs() && block.mark(Mark.FILE).isEmpty())
            .toList();
    if (manifests.isEmpty()) {
      return;
    }
    Path folder = Path.of("manifests");
    for (Block block : manifests) {
      for (Map.Entry<String, String> object : Manifests.of(block).entrySet()) {
        desk.write(folder.resolve(object.getKey()).toString(), object.getValue());
      }
    }
    desk.must("kubectl apply --dry-run=server --validate=strict -f manifests");
  }
}
