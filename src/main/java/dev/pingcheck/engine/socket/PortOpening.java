package dev.pingcheck.engine.socket;

import java.util.List;

/** What became of the attempt to open the sockets. */
public sealed interface PortOpening {

  /**
   * At least one family is open.
   *
   * @param port the sockets, to be closed by whoever has them
   * @param missing the family that is not open, if one is not
   */
  record Opened(IcmpPort port, List<SocketRefusal> missing) implements PortOpening {}

  /**
   * No family is open, and nothing is to be closed.
   *
   * @param causes one for each family
   */
  record Refused(List<SocketRefusal> causes) implements PortOpening {
    /** One sentence for people. */
    public String sentence() {
      return causes.getFirst().sentence();
    }
  }
}
