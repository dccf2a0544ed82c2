package dev.pingcheck.log;

import java.time.ZoneId;
import java.util.logging.Formatter;

/** How a process writes its log. */
public enum LogFormat {
  /** Lines that people read. */
  TEXT,
  /** A JSON object (RFC 8259) a line. */
  JSON,
  /** Text on a terminal and outside of Kubernetes, JSON in a pod. */
  AUTO;

  /**
   * The formatter to use.
   *
   * @param text reads the records of the process's logging library
   * @param isTerminal whether people see the log as it is written
   * @param isPod whether this process runs in a pod
   */
  public Formatter formatter(EntryText text, boolean isTerminal, boolean isPod) {
    boolean isJson = this == JSON || (this == AUTO && isPod && !isTerminal);
    return isJson ? new JsonLines(text) : new TextLines(text, ZoneId.systemDefault());
  }

  /** The same for this very process. */
  public Formatter formatter(EntryText text) {
    boolean isTerminal = System.console() != null && System.console().isTerminal();
    return formatter(text, isTerminal, System.getenv("KUBERNETES_SERVICE_HOST") != null);
  }
}
