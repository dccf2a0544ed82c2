package dev.pingcheck.verdict;

/** The crossings that become Kubernetes events; the API name of each is its {@link #text()}. */
public enum EventReason {
  LOSS_THRESHOLD_EXCEEDED("LossThresholdExceeded", true),
  LOSS_RECOVERED("LossRecovered", false),
  RTT_THRESHOLD_EXCEEDED("RttThresholdExceeded", true),
  RTT_RECOVERED("RttRecovered", false),
  RESOLUTION_FAILED("ResolutionFailed", true),
  RESOLUTION_RESTORED("ResolutionRestored", false),
  PROBE_SILENT("ProbeSilent", true);

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
