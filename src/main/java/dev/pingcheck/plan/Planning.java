package dev.pingcheck.plan;

/** What became of a spec. */
public sealed interface Planning {

  /** The spec can be followed. */
  record Planned(ProbePlan plan) implements Planning {}

  /** The spec is sound, and asks for no echo request at present. */
  record Suspended() implements Planning {}

  /**
   * The spec cannot be followed.
   *
   * @param reason one CamelCase word for a condition, one of the constants below
   * @param sentence what to write instead; starts with the field, such as {@code spec.count: ...}
   */
  record Refused(String reason, String sentence) implements Planning {}

  String INVALID_SPEC = "InvalidSpec";

  /** The host name is an address that a policy forbids. */
  String TARGET_FORBIDDEN = "TargetForbidden";

  /** The check, or all checks of its namespace together, ask for more than a policy grants. */
  String LIMIT_EXCEEDED = "LimitExceeded";

  /** A policy of the namespace cannot be understood. */
  String INVALID_POLICY = "InvalidPolicy";

  /** A check of a {@code kubectl pingcheck run} that is gone. */
  String EXPIRED = "Expired";
}
