package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several hosts: one row of round trips each, and one of figures, as fping has them. */
final class TablePrinter implements PingPrinter {
  /** Greater tables are left out. */
  static final int MOST_COLUMNS = 1000;

  private static final long NONE = -1;

  private final PingPrinter lines;
  private final PrintWriter out;
  private final boolean hasRows;
  private final boolean live;
  private final Map<PingHost, List<Long>> rows = new HashMap<>();

  /**
   * @param lines prints each reply and error, if the options ask for it
   */
  TablePrinter(PingPrinter lines, PrintWriter out, PingOptions options) {
    this.lines = lines;
    this.out = out;
    hasRows = options.schedule().count() <= MOST_COLUMNS && !options.output().quiet();
    live = options.output().verbose();
  }

  @Override
  public void started(List<PingHost> hosts) {
    hosts.forEach(host -> rows.put(host, new ArrayList<>()));
    if (live) {
      lines.started(hosts);
    }
  }

  @Override
  public void sent(PingHost host) {
    List<Long> row = rows.get(host);
    if (hasRows && row.size() < MOST_COLUMNS) {
      row.add(NONE);
    }
  }

  @Override
  public void reply(PingHost host, Echo echo, Arrival arrival) {
    if (arrival.hasRtt() && echo.ordinal() < rows.get(host).size()) {
      rows.get(host).set(echo.ordinal(), arrival.rtt());
    }
    if (live) {
      lines.reply(host, echo, arrival);
    }
  }

  @Override
  public void error(PingHost host, Echo echo, LossReason reason, Arrival error) {
    if (live) {
      lines.error(host, echo, reason, error);
    }
  }

  @Override
  public void lost(PingHost host, int ordinal) {
    if (live) {
      lines.lost(host, ordinal);
    }
  }

  @Override
  public void notSent(PingHost host, Echo echo, LossReason reason) {
    lines.notSent(host, echo, reason);
  }

  @Override
  public void stray(PingHost host, Echo echo, StrayKind kind, Arrival arrival) {
    if (live) {
      lines.stray(host, echo, kind, arrival);
    }
  }

  @Override
  public void outstanding(PingHost host) {
    if (live) {
      lines.outstanding(host);
    }
  }

  @Override
  public void finished(List<PingHost> hosts, long elapsed) {
    int width = hosts.stream().mapToInt(host -> host.name().length()).max().orElse(0);
    if (live) {
      out.println();
    }
    if (hasRows) {
      hosts.forEach(host -> out.println(name(host, width) + row(rows.get(host))));
      out.println();
    }
    hosts.forEach(host -> out.println(name(host, width) + " " + host.statistics.shortSummary()));
    out.flush();
  }

  @Override
  public boolean isBroken() {
    return lines.isBroken();
  }

  private static String name(PingHost host, int width) {
    return host.name() + " ".repeat(width - host.name().length()) + " :";
  }

  private static String row(List<Long> times) {
    StringBuilder row = new StringBuilder();
    for (long nanos : times) {
      row.append(' ').append(nanos == NONE ? "-" : PingText.milliseconds(nanos));
    }
    return row.toString();
  }
}
