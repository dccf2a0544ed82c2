package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin's archive on the machine of somebody who has kubectl, a Java, bash and coreutils, and
 * no checkout: the environment is a PATH of these and an empty home.
 */
class PluginArchiveIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final int PATIENCE_SECONDS = 120;

  /** In its local header, APPNOTE 4.3.7; readers take that of the directory. */
  private static final int TIME_OF_FIRST_ENTRY = 10;

  private static final Path JAVA = Path.of(ProcessHandle.current().info().command().orElseThrow());
  private static final List<String> COMMANDS =
      List.of(
          "kubectl", "bash", "cat", "cksum", "dirname", "find", "head", "mkdir", "readlink", "rm");

  /** Lays an empty folder over each that a Java may be in, and runs a command. */
  private static final List<String> WITHOUT_JAVA =
      List.of(
          "unshare",
          "--mount",
          "bash",
          "-euc",
          """
          source tools/java.sh
          for folder in "${java_folders[@]}"; do
            if [[ -d $folder ]]; then mount -t tmpfs none "$folder"; fi
          done
          exec "$@"\
          """,
          "bash");

  @TempDir static Path shelf;
  private static Path archive;
  private static String namespace;

  @TempDir Path folder;
  private Path bin;
  private Path home;
  private Path unpacked;

  @BeforeAll
  static void packAndGiveItACheckToTellOf() {
    archive = shelf.resolve("kubectl-pingcheck.tar.gz");
    must("tools/plugin", archive.toString());
    api.installCrd();
    namespace = api.newNamespace("plugin");
    Statuses lossy =
        new Statuses("lossy")
            .conditions("Accepted True Accepted", "Healthy False LossThresholdExceeded")
            .round("9f3c21aa-1", 4, 3, "1.5ms");
    lossy.check.getMetadata().setNamespace(namespace);
    lossy.check.getMetadata().setUid(null);
    api.admin().resource(lossy.check).create();
    api.admin()
        .resources(PingCheck.class)
        .inNamespace(namespace)
        .withName("lossy")
        .editStatus(check -> {
          check.setStatus(lossy.status);
          return check;
        });
  }

  @BeforeEach
  void unpack() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    home = Files.createDirectory(folder.resolve("home"));
    for (String command : COMMANDS) {
      link(command, Path.of(api.shell("type -P " + command).strip()));
    }
    link("java", JAVA);
    Path place = Files.createDirectory(folder.resolve("a place"));
    must("tar", "-xzf", archive.toString(), "-C", place.toString());
    unpacked = place.resolve("kubectl-pingcheck");
  }

  @Test
  void answersFromTheClusterWhereItWasUnpacked() throws IOException {
    List<Path> files = files(unpacked);

    Script.Result top = plugin(unpacked, "top", "--once");
    assertThat(top.err()).isEmpty();
    assertThat(top.out()).containsPattern("lossy +False +LossThresholdExceeded +25%");
    assertThat(top.exitCode()).isZero();
    Script.Result why = plugin(unpacked, "why", "lossy");
    assertThat(why.err()).isEmpty();
    assertThat(why.out()).contains("Healthy is False since ", "LossThresholdExceeded");
    assertThat(why.exitCode()).isZero();

    assertThat(files(unpacked)).as("its own folder").isEqualTo(files);
    assertThat(files(home))
        .singleElement()
        .asString()
        .matches(".*/home/[.]cache/pingcheck/plugin/[0-9]+-[0-9]+[.]jsa");
  }

  @Test
  void linkOnPathIsEnough() throws IOException {
    link("kubectl-pingcheck", Path.of("../a place/kubectl-pingcheck/kubectl-pingcheck"));

    assertThat(plugin(bin, "top", "--once").out()).contains("lossy");
  }

  @Test
  void anotherBuildHasAnArchiveOfClassesOfItsOwn() throws IOException {
    plugin(unpacked, "--version");
    assertThat(files(home)).as("of a command that needs no cluster").isEmpty();
    plugin(unpacked, "top", "--once");
    plugin(unpacked, "top", "--once");
    assertThat(files(home)).hasSize(1);

    putAnotherBuildInItsPlace(unpacked.resolve("lib/pingcheck.jar"));
    plugin(unpacked, "top", "--once");

    assertThat(files(home)).hasSize(2);
  }

  /** Of the same size and time, by which a JVM would take it for the one that it knows. */
  private static void putAnotherBuildInItsPlace(Path jar) throws IOException {
    FileTime time = Files.getLastModifiedTime(jar);
    byte[] octets = Files.readAllBytes(jar);
    octets[TIME_OF_FIRST_ENTRY]++;
    Files.write(jar, octets);
    Files.setLastModifiedTime(jar, time);
  }

  @Test
  void needsNoPlaceToWrite() throws IOException {
    Script.Result top =
        run(List.of(), Map.of("XDG_CACHE_HOME", "/dev/null"), unpacked, "top", "--once");

    assertThat(top.err()).isEmpty();
    assertThat(top.out()).contains("lossy");
    assertThat(top.exitCode()).isZero();
    assertThat(files(home)).isEmpty();
  }

  @Test
  void needsNoRoomOnTheDisk() throws IOException {
    List<String> withFilesOfOneMebibyte = List.of("prlimit", "--fsize=1048576");

    Script.Result top = run(withFilesOfOneMebibyte, Map.of(), unpacked, "top", "--once");

    assertThat(top.err()).isEmpty();
    assertThat(top.out()).contains("lossy");
    assertThat(top.exitCode()).isZero();
    assertThat(files(home)).isEmpty();
  }

  @Test
  void passesOverAJavaThatIsTooOldAndAsksAScriptThatStandsForOne() throws IOException {
    Path old = Files.createDirectories(folder.resolve("jdk-17/bin")).getParent();
    Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"17.0.9\"\n");
    script(old.resolve("bin/java"), "exit 9");
    Files.delete(bin.resolve("java"));
    Path asked = folder.resolve("asked");
    script(bin.resolve("java"), "echo \"$1\" >>'" + asked + "'; exec '" + JAVA + "' \"$@\"");

    Script.Result version =
        run(List.of(), Map.of("JAVA_HOME", old.toString()), unpacked, "--version");

    assertThat(version.err()).isEmpty();
    assertThat(version.out()).startsWith("kubectl-pingcheck ");
    assertThat(asked)
        .hasContent("-XshowSettings:properties\n@" + unpacked.toRealPath() + "/plugin.options\n");
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJava() throws IOException {
    Files.delete(bin.resolve("java"));

    Script.Result top = run(WITHOUT_JAVA, Map.of(), unpacked, "top", "--once");

    assertThat(top.err())
        .isEqualTo(
            "kubectl-pingcheck: no Java 25 or later found: install one (a JRE will do) and put its"
                + " java on PATH, or set JAVA_HOME to its folder\n");
    assertThat(top.exitCode()).isEqualTo(2);
  }

  @Test
  void copyOfTheLauncherAloneAsksForALink() throws IOException {
    Files.copy(unpacked.resolve("kubectl-pingcheck"), bin.resolve("kubectl-pingcheck"));

    Script.Result top = plugin(bin, "top", "--once");

    assertThat(top.err())
        .isEqualTo(
            "kubectl-pingcheck: %s has no jars for it: make a link to the file that was unpacked, not a copy\n"
                .formatted(bin.toRealPath()));
    assertThat(top.exitCode()).isEqualTo(2);
  }

  @Test
  void checkoutWithoutABuildSaysSoAndBuildsNothing() throws IOException {
    Path checkout = Files.createDirectory(folder.resolve("checkout"));
    must("cp", "-r", "--parents", "dev", "pom.xml", "tools", "src/main/jvm", checkout.toString());
    List<Path> files = files(checkout);

    Script.Result top = plugin(checkout.resolve("tools"), "top", "--once");

    assertThat(top.err())
        .isEqualTo("kubectl-pingcheck: this checkout has no build: run ./dev build first\n");
    assertThat(top.exitCode()).isEqualTo(2);
    assertThat(files(checkout)).isEqualTo(files);
  }

  @Test
  void checkoutRunsItsLastBuild() {
    assertThat(plugin(Path.of("tools").toAbsolutePath(), "top", "--once").out()).contains("lossy");
  }

  @Test
  void archiveHoldsWhatThePluginRunsFromAndNothingElse() {
    Stream<String> jars =
        Stream.of(must("bash", "-c", "source tools/lib.sh && plugin_class_path").split(":"))
            .map(jar -> "lib/" + Path.of(jar).getFileName());

    assertThat(must("tar", "-tzf", archive.toString()).lines())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(
                        "", "LICENSE", "java.sh", "kubectl-pingcheck", "lib/", "plugin.options"),
                    jars)
                .map(name -> "kubectl-pingcheck/" + name)
                .toList());
  }

  @Test
  void sameBuildGivesTheSameOctets() {
    Path again = folder.resolve("again.tar.gz");
    String elsewhere = "umask 077; export TZ=Asia/Tokyo LC_ALL=C.UTF-8; exec tools/plugin \"$1\"";
    must("bash", "-c", elsewhere, "bash", again.toString());

    assertThat(again).hasSameBinaryContentAs(archive);
  }

  /** Runs {@code kubectl pingcheck} with this folder on PATH. */
  private Script.Result plugin(Path launcher, String... words) {
    return run(List.of(), Map.of(), launcher, words);
  }

  private Script.Result run(
      List<String> around, Map<String, String> more, Path launcher, String... words) {
    List<String> command = new ArrayList<>(around);
    command.addAll(List.of("env", "-i", "PATH=" + bin + ":" + launcher, "HOME=" + home));
    more.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of("kubectl", "pingcheck"));
    command.addAll(List.of(words));
    if (!List.of(words).contains("--version")) {
      command.addAll(List.of("--kubeconfig", api.kubeconfig().toString(), "-n", namespace));
    }
    return Script.run(Map.of(), PATIENCE_SECONDS, command);
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(bin.resolve(name), target);
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String must(String... command) {
    Script.Result result = Script.run(Map.of(), PATIENCE_SECONDS, List.of(command));
    assertThat(result.exitCode()).as(String.join(" ", command) + ": " + result.err()).isZero();
    return result.out();
  }
}
