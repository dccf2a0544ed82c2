package dev.pingcheck.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever builds these sources anywhere gets what we built, byte for byte, but for what Quarkus
 * makes of them: the classes that it generates are numbered in the order in which several threads
 * come to them, and what it changes in given classes is laid down in an order that follows the name
 * of the folder. Of the latter the classes themselves are compared, of the former nothing.
 */
class ReproducibleBuildIT {
  private static final int PATIENCE_SECONDS = 600;

  /** Generated classes, and the list of jars in which their order stands. */
  private static final Set<String> OF_ANY_ORDER =
      Set.of("generated-bytecode.jar", "quarkus-application.dat");

  @TempDir Path elsewhere;

  @Test
  void secondBuildInAnotherFolderHasTheSameBytes() throws IOException {
    for (String source : List.of("pom.xml", "src/main")) {
      copy(Path.of(source), elsewhere.resolve(source));
    }

    Script.Result build =
        Script.run(
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            PATIENCE_SECONDS,
            List.of(
                "mvn",
                "--quiet",
                "--batch-mode",
                "--file",
                elsewhere.resolve("pom.xml").toString(),
                "-Dmaven.test.skip=true",
                "-Djacoco.skip=true",
                "package"));

    assertThat(build.exitCode()).as(build.out() + build.err()).isZero();
    for (String made : List.of("quarkus-app", "probe", "sbom.json")) {
      assertThat(sums(elsewhere.resolve("target"), made))
          .isNotEmpty()
          .containsExactlyInAnyOrderEntriesOf(sums(Path.of("target"), made));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Map<String, String> sums(Path folder, String made) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(made))) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(ReproducibleBuildIT::isCompared).toList()) {
        String name = folder.relativize(file).toString();
        if (file.endsWith("transformed-bytecode.jar")) {
          sumEntries(name, file, sums);
        } else {
          sums.put(name, sum(Files.newInputStream(file)));
        }
      }
    }
    return sums;
  }

  /** Archives of classes are no part of Maven's build: they hold for one machine. */
  private static boolean isCompared(Path file) {
    String name = file.getFileName().toString();
    return !name.contains(".aot") && !OF_ANY_ORDER.contains(name);
  }

  private static void sumEntries(String name, Path jar, Map<String, String> sums)
      throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        sums.put(name + "!" + entry.getName(), sum(zip.getInputStream(entry)));
      }
    }
  }

  private static String sum(InputStream from) throws IOException {
    try (InputStream in = from) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
