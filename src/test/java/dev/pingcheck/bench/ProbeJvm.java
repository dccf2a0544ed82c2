package dev.pingcheck.bench;

/** The JVM as it is started for the probe. */
public final class ProbeJvm {
  /** The one file of its options, as an argument for {@code java}. */
  public static final String OPTIONS = "@src/main/jvm/probe.options";

  private ProbeJvm() {}
}
