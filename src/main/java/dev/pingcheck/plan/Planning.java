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
   * @param reason one CamelCase word for a condition: {@link #INVALID_SPEC} or {@link
   *     #FLEET_NOT_ENABLED}
   * @param sentence what to write instead; starts with the field, such as {@code spec.count: ...}
   */
  record Refused(String reason, String sentence) implements Planning {}

  String INVALID_SPEC = "InvalidSpec";
  String FLEET_NOT_ENABLED = "FleetNotEnabled";
}
