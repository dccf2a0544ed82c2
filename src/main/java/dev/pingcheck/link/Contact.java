package dev.pingcheck.link;

/**
 * Whether a probe has an operator; each change is said in the log.
 *
 * <p>Changed on the link's thread, read on any.
 */
final class Contact {
  private static final System.Logger LOG = System.getLogger(Contact.class.getName());

  private final OperatorAddress where;
  private volatile boolean exists;
  private volatile String trouble = "";

  Contact(OperatorAddress where) {
    this.where = where;
  }

  boolean exists() {
    return exists;
  }

  /** Why there is no operator; empty if there is one or none was dialled. */
  String trouble() {
    return trouble;
  }

  /** The operator has answered. */
  void made() {
    exists = true;
    trouble = "";
    LOG.log(System.Logger.Level.INFO, () -> "Connected to the operator at " + where + ".");
  }

  /** The stream has ended, or an attempt has failed. */
  void lost(String reason) {
    if (exists) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "Lost the operator at " + where + " (" + reason + "); going on with its plans.");
    } else if (!reason.equals(trouble)) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "Waiting for the operator at " + where + " (" + reason + ").");
    }
    trouble = reason;
    exists = false;
  }

  /** This side has hung up. */
  void ended() {
    exists = false;
  }
}
