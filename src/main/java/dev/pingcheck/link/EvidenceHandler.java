package dev.pingcheck.link;

/** Takes what probes send of bad rounds. Called on a thread of the link; must not block. */
public interface EvidenceHandler {

  /** Wants nothing. */
  EvidenceHandler NONE =
      new EvidenceHandler() {
        @Override
        public void part(String probe, EvidencePart part) {}

        @Override
        public void figures(String probe, CaptureFigures figures) {}
      };

  /**
   * A part has come. It may be one that nobody asked for.
   *
   * @param probe the name by which the probe goes in round ids
   */
  void part(String probe, EvidencePart part);

  /** What a probe has counted; {@link CaptureFigures#NONE} when it is gone. */
  void figures(String probe, CaptureFigures figures);
}
