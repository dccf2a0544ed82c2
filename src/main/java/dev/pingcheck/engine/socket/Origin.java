package dev.pingcheck.engine.socket;

import java.util.Optional;

/**
 * Where a packet starts.
 *
 * @param source the address that it bears as its source; of the family of its destination, and one
 *     of this machine's; empty for the kernel's choice. For IPv6 the whole port has to start there:
 *     see the port's opening
 * @param interfaceIndex the interface by which it leaves; 0 for the kernel's choice
 */
public record Origin(Optional<Peer> source, int interfaceIndex) {
  /** The kernel chooses both. */
  public static final Origin ANY = new Origin(Optional.empty(), 0);

  /** Whether the kernel chooses both. */
  public boolean isAny() {
    return interfaceIndex == 0 && source.isEmpty();
  }
}
