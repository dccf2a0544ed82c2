package dev.pingcheck.link;

import dev.pingcheck.link.proto.Health;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.EngineHealth.Sockets;
import dev.pingcheck.stats.ProbeHealth;
import java.util.Optional;

/** What a probe says of itself, as a message and back. */
final class HealthMessages {
  private HealthMessages() {}

  static Health encode(ProbeHealth health) {
    EngineHealth engine = health.engine();
    return Health.newBuilder()
        .setSockets(
            switch (engine.sockets()) {
              case RAW -> Health.Sockets.SOCKETS_RAW;
              case PING -> Health.Sockets.SOCKETS_PING;
            })
        .setKernelDrops(engine.kernelDrops())
        .setSocketsReopened(engine.socketsReopened())
        .setFaults(engine.faults())
        .setBusy(engine.busyNanos())
        .setReportsDropped(health.reportsDropped())
        .setReportsWaiting(health.reportsWaiting())
        .build();
  }

  /** Empty if a value is missing, impossible or newer than this program. */
  static Optional<ProbeHealth> decode(Health message) {
    Optional<Sockets> sockets =
        switch (message.getSockets()) {
          case SOCKETS_RAW -> Optional.of(Sockets.RAW);
          case SOCKETS_PING -> Optional.of(Sockets.PING);
          case SOCKETS_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    try {
      return sockets.map(kind ->
          new ProbeHealth(
              new EngineHealth(
                  kind,
                  message.getKernelDrops(),
                  message.getSocketsReopened(),
                  message.getFaults(),
                  message.getBusy()),
              message.getReportsDropped(),
              message.getReportsWaiting()));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }
}
