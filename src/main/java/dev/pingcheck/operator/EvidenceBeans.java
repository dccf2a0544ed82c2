package dev.pingcheck.operator;

import dev.pingcheck.evidence.EvidenceDesk;
import dev.pingcheck.evidence.EvidenceFolder;
import dev.pingcheck.evidence.EvidenceMetrics;
import dev.pingcheck.evidence.EvidenceRoutes;
import dev.pingcheck.link.LinkServer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts together what keeps the packets of bad rounds. */
@Singleton
class EvidenceBeans {

  @Produces
  @Singleton
  EvidenceFolder folder(
      @ConfigProperty(
              name = "pingcheck.evidence.folder",
              defaultValue = "/var/lib/pingcheck/evidence")
          Path folder,
      @ConfigProperty(name = "pingcheck.evidence.bytes", defaultValue = "67108864") long bytes) {
    return new EvidenceFolder(folder, EvidenceFolder.Limits.DEFAULT.withBytes(bytes));
  }

  @Produces
  @Singleton
  EvidenceDesk desk(EvidenceFolder folder, Instance<LinkServer> link, MeterRegistry registry) {
    return new EvidenceDesk(
        folder,
        (probe, question) -> link.get().ask(probe, question),
        new EvidenceMetrics(registry, folder));
  }

  void close(@Disposes EvidenceDesk desk) {
    desk.close();
  }

  @Produces
  @Singleton
  EvidenceRoutes routes(EvidenceFolder folder) {
    return new EvidenceRoutes(folder);
  }
}
