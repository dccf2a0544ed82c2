package dev.pingcheck.verdict;

/** The crossings that become Kubernetes events; the API name of each is its {@link #text()}. */
public enum EventReason {
  LOSS_THRESHOLD_EXCEEDED("LossThresholdExceeded", true),
  LOSS_RECOVERED("LossRecovered", false),
  RTT_THRESHOLD_EXCEEDED("RttThresholdExceeded", true),
  RTT_RECOVERED("RttRecovered", false),
  RESOLUTION_FAILED("ResolutionFailed", true),
  RESOLUTION_RESTORED("ResolutionRestored", false),
  TARGET_FORBIDDEN("TargetForbidden", true),
  ADDRESS_CHANGED("AddressChanged", false),
  FLAPPING_STARTED("FlappingStarted", true),
  FLAPPING_STOPPED("FlappingStopped", false),
  PROBE_SILENT("ProbeSilent", true),
  /** Stands for crossings that could not be said one by one; see {@link Unsaid}. */
  CROSSINGS_OMITTED("CrossingsOmitted", true);

  private final String text;
  private final boolean warning;

  EventReason(String text, boolean warning) {
    this.text = text;
    this.warning = warning;
  }

  /** The reason as it stands in the event. */
  public String text() {
    return text;
  }

  /** The event's type: {@code Warning} or {@code Normal}. */
  public String type() {
    return warning ? "Warning" : "Normal";
  }
}
