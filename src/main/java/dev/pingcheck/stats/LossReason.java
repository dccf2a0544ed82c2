package dev.pingcheck.stats;

/** Why an echo request counts as lost; each is told apart from all others. */
public enum LossReason {
  /** No valid reply within the timeout. */
  TIMEOUT,
  /** RFC 792 type 3 code 0 or 6; RFC 4443 type 1 code 0. */
  NET_UNREACHABLE,
  /** RFC 792 type 3 code 1 or 7; RFC 4443 type 1 code 3. */
  HOST_UNREACHABLE,
  /** RFC 792 type 3 code 2. */
  PROTOCOL_UNREACHABLE,
  /** RFC 792 type 3 code 3; RFC 4443 type 1 code 4. */
  PORT_UNREACHABLE,
  /** RFC 1812 type 3 code 9, 10 or 13; RFC 4443 type 1 code 1, 5 or 6. */
  ADMIN_PROHIBITED,
  /** Any other code of destination unreachable. */
  DESTINATION_UNREACHABLE,
  /** RFC 792 type 11; RFC 4443 type 3. */
  TIME_EXCEEDED,
  /** RFC 1191 type 3 code 4; RFC 4443 type 2; or the kernel's EMSGSIZE. */
  PACKET_TOO_BIG,
  /** RFC 792 type 12; RFC 4443 type 4. */
  PARAMETER_PROBLEM,
  /** The kernel has no route (ENETUNREACH, EHOSTUNREACH, ENETDOWN). */
  NO_ROUTE,
  /** The kernel has no buffer (ENOBUFS, EAGAIN after a bounded wait). */
  NO_BUFFER,
  /** The kernel forbids it (EPERM, EACCES): a firewall on this side. */
  NOT_PERMITTED,
  /** Any other failure to send. */
  SEND_FAILED;

  /** Whether the request never left this machine. */
  public boolean isLocal() {
    return this == NO_ROUTE || this == NO_BUFFER || this == NOT_PERMITTED || this == SEND_FAILED;
  }
}
