package dev.pingcheck.cli.ping;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.util.List;
import java.util.Locale;

/** The lines of iputils, for one host. */
final class TextPrinter implements PingPrinter {
  private static final long SECOND = 1_000_000_000L;
  private static final long MICROSECOND = 1_000L;

  private final Terminal terminal;
  private final Clock clock;
  private final PingOptions options;
  private final OriginChoice origin;

  TextPrinter(Terminal terminal, Clock clock, PingOptions options, OriginChoice origin) {
    this.terminal = terminal;
    this.clock = clock;
    this.options = options;
    this.origin = origin;
  }

  @Override
  public void started(List<PingHost> hosts) {
    if (!options.packet().pattern().isEmpty()) {
      terminal.out().println(PingText.pattern(options.packet().pattern()));
    }
    for (PingHost host : hosts) {
      terminal.out().println(PingText.header(host, origin.text(host.peer())));
    }
    terminal.out().flush();
  }

  @Override
  public void reply(PingHost host, Echo echo, Arrival arrival) {
    print(PingText.reply(echo, arrival));
  }

  @Override
  public void error(PingHost host, Echo echo, LossReason reason, Arrival error) {
    print(PingText.error(echo, error));
  }

  /** iputils prints nothing for it, so scripts do not expect a line. */
  @Override
  public void lost(PingHost host, int ordinal) {
    if (options.output().verbose()) {
      print("no answer from " + host.name() + " for icmp_seq=" + PingText.sequence(ordinal));
    }
  }

  @Override
  public void notSent(PingHost host, Echo echo, LossReason reason) {
    if (!options.output().quiet()) {
      terminal.complain(PingText.notSent(echo, reason));
    }
  }

  @Override
  public void stray(PingHost host, Echo echo, StrayKind kind, Arrival arrival) {
    boolean pretended = kind == StrayKind.FORGED || kind == StrayKind.FOREIGN;
    if (!pretended || options.output().verbose()) {
      print(PingText.stray(echo, kind, arrival));
    }
  }

  @Override
  public void outstanding(PingHost host) {
    print("no answer yet for icmp_seq=" + PingText.sequence(host.sent() - 1));
  }

  @Override
  public void finished(List<PingHost> hosts, long elapsed) {
    for (PingHost host : hosts) {
      boolean flood = options.output().dots() || options.schedule().isFlood();
      terminal.out().println(host.statistics.summary(host.name(), elapsed, flood));
    }
    terminal.out().flush();
  }

  @Override
  public boolean isBroken() {
    return terminal.out().checkError();
  }

  private void print(String line) {
    if (options.output().quiet()) {
      return;
    }
    terminal.out().println(options.output().timeStamps() ? timeStamp() + line : line);
    terminal.out().flush();
  }

  private String timeStamp() {
    long now = clock.epochNanos();
    return String.format(Locale.ROOT, "[%d.%06d] ", now / SECOND, now % SECOND / MICROSECOND);
  }
}
