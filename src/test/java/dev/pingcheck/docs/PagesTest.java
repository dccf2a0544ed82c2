package dev.pingcheck.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How pages are read, and what holds for all of them without a cluster. */
class PagesTest {
  private static final Path FILE = Path.of("docs/page.md");
  private static final int SHORTEST_REASON = 10;

  /** Of blocks with commands or manifests; the rest are run here or by another test. */
  private static final double MOST_NOT_RUN = 0.3;

  private static final Set<String> SHOWN =
      Set.of(
          "", "diff", "html", "http", "ini", "java", "json", "lua", "promql", "proto", "text",
          "toml", "xml");

  @Test
  void aCommandEndsBeforeItsOutput() {
    assertThat(
            block(
                    "```console",
                    "$ kubectl get ping  # the short name",
                    "NAME    HOSTNAME",
                    "gw      gw.example.com",
                    "$ kubectl apply -f - <<EOF",
                    "$ no command",
                    "EOF",
                    "created",
                    "$ helm install a \\",
                    "    --set b=c",
                    "```")
                .commands())
        .containsExactly(
            new Command(
                2,
                "kubectl get ping  # the short name",
                List.of("NAME    HOSTNAME", "gw      gw.example.com")),
            new Command(5, "kubectl apply -f - <<EOF\n$ no command\nEOF", List.of("created")),
            new Command(9, "helm install a \\\n    --set b=c", List.of()));
  }

  @Test
  void aMarkHoldsForTheNextBlockAlone() {
    Page page =
        page(
            "# Title",
            "<!-- not run: needs a cloud -->",
            "",
            "```console",
            "$ a",
            "```",
            "```console",
            "$ b",
            "```",
            "<!-- fails: no such thing -->",
            "Words between.",
            "```console",
            "$ c",
            "```");

    assertThat(page.blocks())
        .extracting(block -> block.mark(Mark.NOT_RUN).orElse(""))
        .containsExactly("needs a cloud", "", "");
    assertThat(page.blocks()).allMatch(block -> block.mark(Mark.FAILS).isEmpty());
  }

  @Test
  void aMarkBeforeTheFirstHeadingHoldsForThePage() {
    Page page =
        page("<!-- run by: a.B -->", "# Title", "```sh", "a", "b", "```", "```sh", "c", "```");

    assertThat(page.blocks()).noneMatch(Block::isOurs).hasSize(2);
    assertThat(page.blocks().getFirst().commands())
        .containsExactly(new Command(4, "a\nb\n", List.of()));
  }

  @Test
  void columnsAreThoseOfATableAlone() {
    assertThat(new Command(1, "a", List.of("NAME   LAST SEEN   AGE")).columns())
        .containsExactly("NAME", "LAST SEEN", "AGE");
    assertThat(new Command(1, "a", List.of("Name:   gw")).columns()).isEmpty();
    assertThat(new Command(1, "a", List.of()).columns()).isEmpty();
  }

  @Test
  void aCommandForAnyCheckIsTriedOnOne() {
    Command any = new Command(1, "kubectl -n NAMESPACE get pingcheck NAME  # HOSTNAME", List.of());

    assertThat(any.hasPlaceholders()).isTrue();
    assertThat(any.of("docs", "lossy").text())
        .isEqualTo("kubectl -n docs get pingcheck lossy  # HOSTNAME");
    assertThat(new Command(1, "kubectl get ping -o custom-columns=NAME:.a", List.of()))
        .matches(command -> !command.hasPlaceholders());
  }

  @Test
  void aSearchThatFindsNothingIsNoFailure() {
    assertThat(new Command(1, "kubectl get ping | grep False", List.of()).isContentWith(1))
        .isTrue();
    assertThat(new Command(1, "kubectl get ping | grep False", List.of()).isContentWith(2))
        .isFalse();
    assertThat(new Command(1, "grep x file | wc -l", List.of()).isContentWith(1)).isFalse();
  }

  @Test
  void aBlockWithoutAnEndIsNamed() {
    assertThatThrownBy(() -> page("# Title", "```console", "$ a"))
        .hasMessage("docs/page.md:2 opens a block that is never closed");
  }

  @Test
  void commandsStandWhereATestFindsThem() {
    assertThat(blocks(block -> block.hiddenCommand().isPresent()))
        .as("blocks with a command after $: write ```console before it, so that a test runs it")
        .isEmpty();
    assertThat(
            blocks(block ->
                block.commands().isEmpty()
                    && !block.isYaml()
                    && !block.language().equals("console")
                    && !SHOWN.contains(block.language())))
        .as("blocks of a language that no test knows: write console, sh, yaml or one of %s", SHOWN)
        .isEmpty();
  }

  @Test
  void whatIsNotRunHereIsRunElsewhereOrHasAReason() {
    assertThat(blocks(block -> block.mark(Mark.RUN_BY).filter(name -> !exists(name)).isPresent()))
        .as("blocks that name a test which is not below src/test/java")
        .isEmpty();
    assertThat(
            blocks(block ->
                block
                    .mark(Mark.NOT_RUN)
                    .filter(reason -> reason.length() < SHORTEST_REASON)
                    .isPresent()))
        .as("blocks that are not run, without a reason worth reading")
        .isEmpty();
  }

  @Test
  void pagesStartFromSomethingThatTheTestKnows() {
    assertThat(Page.all())
        .filteredOn(page -> page.marks().containsKey(Mark.STARTS_FROM))
        .allMatch(page -> page.startsFromAnEmptyCluster() || page.startsFromTheExamples());
  }

  @Test
  void mostBlocksAreRun() {
    List<String> notRun = blocks(block -> block.mark(Mark.NOT_RUN).isPresent());
    List<String> all = blocks(block -> block.isYaml() || !block.commands().isEmpty());

    assertThat((double) notRun.size() / all.size())
        .as("%d of %d blocks are not run: %s", notRun.size(), all.size(), notRun)
        .isLessThanOrEqualTo(MOST_NOT_RUN);
  }

  private static boolean exists(String className) {
    return Files.exists(Path.of("src/test/java", className.replace('.', '/') + ".java"));
  }

  private static List<String> blocks(Predicate<Block> wanted) {
    return Page.all().stream()
        .flatMap(page -> page.blocks().stream())
        .filter(wanted)
        .map(Block::place)
        .toList();
  }

  private static Page page(String... lines) {
    return Page.parse(FILE, List.of(lines));
  }

  private static Block block(String... lines) {
    return page(lines).blocks().getFirst();
  }
}
