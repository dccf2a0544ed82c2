package dev.pingcheck.lab.tun;

/** Which echo identifiers are the prober's; asked on the responder's thread. */
public interface Identifiers {

  /**
   * Whether the prober has that identifier.
   *
   * @param ipv6 whether for ICMPv6, else for ICMPv4
   * @param identifier 0 to 65535
   */
  boolean isOurs(boolean ipv6, int identifier);
}
