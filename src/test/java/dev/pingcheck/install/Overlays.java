package dev.pingcheck.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The overlays of k8s/, one that has all components for raw sockets, and one that is watched. */
final class Overlays {
  /** The overlay fleet with what is commented out in it. */
  static final Path EVERYTHING = Path.of("target/kustomize/everything");

  private static final Path MONITORED = Path.of("target/kustomize/monitored");
  private static final Path FOLDER = Path.of("k8s/overlays");
  private static final String COMMENTED_OUT = "# - ../../components/central-probes";

  private Overlays() {}

  /** Writes {@link #EVERYTHING}, beside which the components are found by a relative path. */
  static void writeEverything() throws IOException {
    String fleet = Files.readString(FOLDER.resolve("fleet/kustomization.yaml"));
    if (!fleet.contains(COMMENTED_OUT)) {
      throw new AssertionError("the overlay fleet has no line " + COMMENTED_OUT);
    }
    write(
        EVERYTHING,
        fleet
            .replace(COMMENTED_OUT, COMMENTED_OUT.substring("# ".length()))
            .replace("../../", "../../../k8s/"));
  }

  /** Writes the overlay net-raw with the components that docs/alerts.md names, as it has them. */
  static void writeMonitored() throws IOException {
    String page = Files.readString(Path.of("docs/alerts.md"));
    int from = page.indexOf("apiVersion: kustomize");
    write(
        MONITORED,
        page.substring(from, page.indexOf("```", from)).replace("../pingcheck/", "../../../"));
  }

  private static void write(Path overlay, String kustomization) throws IOException {
    Files.createDirectories(overlay);
    // In one step: another test may be reading it.
    Path written = Files.createTempFile(overlay.getParent(), "overlay", ".yaml");
    Files.writeString(written, kustomization);
    Files.move(
        written,
        overlay.resolve("kustomization.yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
