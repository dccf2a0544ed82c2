package dev.pingcheck.engine.socket;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The two address families, each with a socket of its own. */
public enum IpFamily {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String text;

  IpFamily(String text) {
    this.text = text;
  }

  /** The family of an address; Java gives IPv4-mapped ones as IPv4. */
  public static IpFamily of(InetAddress address) {
    return address instanceof Inet6Address ? IPV6 : IPV4;
  }

  @Override
  public String toString() {
    return text;
  }
}
