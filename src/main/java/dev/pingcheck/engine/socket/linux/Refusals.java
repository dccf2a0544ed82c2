package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.engine.socket.SocketRefusal.Cause;

/** Says what a failed opening means, and what to do. */
final class Refusals {
  private Refusals() {}

  static SocketRefusal of(SocketKind kind, IpFamily family, int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES ->
          new SocketRefusal(family, Cause.NOT_PERMITTED, notPermitted(kind));
      case Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT ->
          new SocketRefusal(family, Cause.NOT_SUPPORTED, "this machine has no " + family);
      case Errno.EMFILE ->
          new SocketRefusal(
              family,
              Cause.FAILED,
              "too many open files for an ICMP socket: raise the limit of open files");
      default ->
          new SocketRefusal(
              family,
              Cause.FAILED,
              "opening " + kind + " for " + family + " ICMP failed with error " + errno);
    };
  }

  private static String notPermitted(SocketKind kind) {
    return switch (kind) {
      case RAW ->
          "opening a raw ICMP socket needs the capability NET_RAW: run as root, or add NET_RAW"
              + " to the container's capabilities";
      case PING ->
          "opening a ping socket is not permitted to this group: set the sysctl"
              + " net.ipv4.ping_group_range to one that includes it, such as \"0 2147483647\"";
    };
  }

  /** What becomes of packets as long as there is no socket. */
  static SendOutcome meanwhile(SocketRefusal refusal) {
    return switch (refusal.cause()) {
      case NOT_PERMITTED -> SendOutcome.NOT_PERMITTED;
      case NOT_SUPPORTED -> SendOutcome.NO_ROUTE;
      case FAILED -> SendOutcome.FAILED;
    };
  }
}
