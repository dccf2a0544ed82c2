package dev.pingcheck.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the packages to the one way of the data: who may see whom. */
class ImportTableTest {
  private static final String ROOT = "dev.pingcheck.";

  private static final String[] CLUSTER_LIBRARIES = {
    "io.quarkus..", "io.quarkiverse..", "io.fabric8..", "io.javaoperatorsdk..", "jakarta..",
  };

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.pingcheck");

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }

  /** A package sees itself, the named ones below ours, and whatever is not ours. */
  private static ArchRule sees(String pkg, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(pkg + ".."), Stream.of(others).map(o -> o + ".."))
            .map(p -> ROOT + p)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(ROOT + pkg + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(resideOutsideOfPackages("dev.pingcheck..")));
  }

  /** A package of ours that sees nothing but itself and the platform. */
  private static ArchRule isPure(String pkg, String... libraries) {
    String[] allowed =
        Stream.concat(Stream.of(ROOT + pkg + "..", "java.."), Stream.of(libraries))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(ROOT + pkg + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed));
  }

  @Test
  void crd() {
    check(isPure("crd", "io.fabric8..", "com.fasterxml.jackson.annotation.."));
  }

  @Test
  void clock() {
    check(isPure("clock"));
  }

  @Test
  void log() {
    check(isPure("log"));
  }

  @Test
  void trace() {
    check(isPure("trace", ROOT + "clock..", "com.google.protobuf.."));
  }

  @Test
  void stats() {
    check(isPure("stats"));
  }

  @Test
  void wire() {
    check(isPure("engine.wire"));
  }

  @Test
  void plan() {
    check(sees("plan", "crd"));
  }

  @Test
  void link() {
    check(sees("link", "plan", "stats", "clock"));
  }

  @Test
  void schedule() {
    check(sees("schedule", "plan", "clock"));
  }

  @Test
  void socket() {
    check(sees("engine.socket", "stats", "clock"));
  }

  @Test
  void resolve() {
    check(sees("resolve", "plan", "stats", "clock"));
  }

  @Test
  void verdict() {
    check(sees("verdict", "crd", "stats", "clock"));
  }

  @Test
  void engine() {
    check(sees("engine", "schedule", "stats", "clock", "plan", "resolve", "log"));
  }

  @Test
  void report() {
    check(sees("report", "crd", "verdict", "stats", "clock", "log"));
  }

  @Test
  void page() {
    check(sees("page", "crd", "stats", "clock"));
  }

  @Test
  void pastRounds() {
    check(isPure("page.history", ROOT + "stats.."));
  }

  @Test
  void operator() {
    check(
        sees(
            "operator",
            "crd",
            "plan",
            "link",
            "verdict",
            "report",
            "stats",
            "clock",
            "page",
            "evidence",
            "trace"));
  }

  @Test
  void capture() {
    check(sees("capture", "engine", "stats", "clock", "plan"));
  }

  @Test
  void evidence() {
    check(sees("evidence", "link", "stats", "page"));
  }

  @Test
  void packetLibrariesLiveInOnePackage() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "capture.pcap..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pcap4j..", "com.sun.jna..", ROOT + "capture.pcap.."));
  }

  @Test
  void nothingSeesTheCompositionRoots() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "cli.."));
  }

  @Test
  void theProbeNeverSeesTheCluster() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                ROOT + "engine..",
                ROOT + "schedule..",
                ROOT + "stats..",
                ROOT + "link..",
                ROOT + "resolve..",
                ROOT + "capture..",
                ROOT + "log..",
                ROOT + "clock..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLUSTER_LIBRARIES));
  }

  @Test
  void theOperatorSdkLivesInOnePackage() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "operator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk.."));
  }

  @Test
  void systemCallsLiveInOnePackage() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign.."));
  }

  @Test
  void verdictsArePure() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "verdict..", ROOT + "plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.fabric8.kubernetes.client..", "java.net.http..", "java.nio.file..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime"));
  }
}
