package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.io.PrintWriter;
import java.util.List;

/** A dot for each request, which its reply takes away: those that stay are lost. */
final class FloodPrinter implements PingPrinter {
  private final PingPrinter frame;
  private final PrintWriter out;

  /**
   * @param frame prints the first line and the summary
   */
  FloodPrinter(PingPrinter frame, PrintWriter out) {
    this.frame = frame;
    this.out = out;
  }

  @Override
  public void started(List<PingHost> hosts) {
    frame.started(hosts);
  }

  @Override
  public void sent(PingHost host) {
    print(".");
  }

  @Override
  public void reply(PingHost host, Echo echo, Arrival arrival) {
    print("\b \b");
  }

  @Override
  public void error(PingHost host, Echo echo, LossReason reason, Arrival error) {
    print("\bE");
  }

  @Override
  public void lost(PingHost host, int ordinal) {}

  @Override
  public void notSent(PingHost host, Echo echo, LossReason reason) {
    print("E");
  }

  @Override
  public void stray(PingHost host, Echo echo, StrayKind kind, Arrival arrival) {
    if (kind == StrayKind.DUPLICATE) {
      print("\b \b");
    } else if (kind == StrayKind.CORRUPT || kind == StrayKind.TRUNCATED) {
      print("\bC");
    }
  }

  @Override
  public void finished(List<PingHost> hosts, long elapsed) {
    frame.finished(hosts, elapsed);
  }

  @Override
  public boolean isBroken() {
    return frame.isBroken();
  }

  private void print(String signs) {
    out.print(signs);
    out.flush();
  }
}
