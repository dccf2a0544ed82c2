package dev.pingcheck.engine.socket;

/** What became of an attempt to send. */
public enum SendOutcome {
  SENT,
  /** No route, or the interface is down (ENETUNREACH, EHOSTUNREACH, ENETDOWN). */
  NO_ROUTE,
  /** No buffer, also after a short wait (ENOBUFS, EAGAIN, ENOMEM). */
  NO_BUFFER,
  /** A rule of this machine forbids it (EPERM, EACCES). */
  NOT_PERMITTED,
  /** Greater than the path's MTU and not to be fragmented (EMSGSIZE). */
  TOO_BIG,
  /** Anything else, also a socket that is closed at the moment. */
  FAILED
}
