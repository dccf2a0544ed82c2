package dev.pingcheck.cli;

import dev.pingcheck.capture.EvidenceKeeper;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether a probe keeps packets for the checks that ask for it, and how many. */
final class CaptureChoice {

  @Option(
      names = "--capture-bytes",
      paramLabel = "BYTES",
      defaultValue = "${env:PINGCHECK_CAPTURE_BYTES:-" + EvidenceKeeper.DEFAULT_BYTES + "}",
      description =
          "Memory for the packets of checks with capture: OnLoss, 65536 to 268435456; none is taken"
              + " while there is no such check. Default: the environment variable"
              + " PINGCHECK_CAPTURE_BYTES, else "
              + EvidenceKeeper.DEFAULT_BYTES
              + ".")
  private int bytes;

  @Option(
      names = "--no-capture",
      defaultValue = "${env:PINGCHECK_NO_CAPTURE:-false}",
      description =
          "Capture no packets, whatever checks ask for; their events say so. Default: the environment"
              + " variable PINGCHECK_NO_CAPTURE, else false.")
  private boolean isOff;

  boolean isOff() {
    return isOff;
  }

  /**
   * Octets of memory.
   *
   * @throws ParameterException with a sentence if they are out of range
   */
  int bytes(CommandSpec probe) {
    if (bytes < EvidenceKeeper.LEAST_BYTES || bytes > EvidenceKeeper.MOST_BYTES) {
      throw new ParameterException(
          probe.commandLine(),
          "--capture-bytes must be %d to %d, not %d"
              .formatted(EvidenceKeeper.LEAST_BYTES, EvidenceKeeper.MOST_BYTES, bytes));
    }
    return bytes;
  }
}
