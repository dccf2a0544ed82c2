package dev.pingcheck.engine.socket;

import java.util.List;
import java.util.stream.Collectors;

/** What became of the attempt to open the sockets. */
public sealed interface PortOpening {

  /**
   * At least one family is open.
   *
   * @param port the sockets, to be closed by whoever has them
   * @param missing the family that is not open, if one is not
   * @param choice one sentence: which kind of sockets it is, and why
   */
  record Opened(IcmpPort port, List<SocketRefusal> missing, String choice) implements PortOpening {}

  /**
   * No family is open, and nothing is to be closed.
   *
   * @param causes one for each family and kind that was tried
   */
  record Refused(List<SocketRefusal> causes) implements PortOpening {
    /** One sentence for people: what was tried, and what to do about it. */
    public String sentence() {
      return causes.stream()
          .map(SocketRefusal::sentence)
          .distinct()
          .collect(Collectors.joining("; and "));
    }
  }
}
