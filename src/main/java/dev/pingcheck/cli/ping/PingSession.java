package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.schedule.WheelTimer;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * One ping of one or more hosts. Everything but {@link #run}, {@link #stop} and {@link #tell}
 * happens on the loop's thread. As a timer it is due at its next requests.
 */
final class PingSession extends WheelTimer {
  /** Behind a request without a reply, a flood goes on after that time. */
  private static final long FLOOD_PAUSE = 10_000_000;

  private static final long LEAST_LINGERING = 1_000_000_000;

  private final PingOptions.Schedule schedule;
  private final boolean outstanding;
  private final List<PingHost> hosts;
  private final EchoLoop loop;
  private final PingPrinter printer;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Ending ending = new Ending();
  private long startedAt;
  private long lastSentAt;
  private boolean finished;

  /** Due when the ping ends whatever is still to come. */
  private final class Ending extends WheelTimer {
    @Override
    protected void fired(long now) {
      finish();
    }
  }

  PingSession(PingOptions options, List<PingHost> hosts, EchoLoop loop, PingPrinter printer) {
    schedule = options.schedule();
    outstanding = options.output().outstanding();
    this.hosts = hosts;
    this.loop = loop;
    this.printer = printer;
  }

  /** Pings until the count is reached, the time is over or somebody stops it. */
  void run() throws InterruptedException {
    hosts.forEach(host -> host.reportTo(this::settled));
    loop.execute(this::begin);
    done.await();
  }

  /** Ends it, from any thread. */
  void stop() {
    loop.execute(this::finish);
  }

  /** Prints the figures as they are, from any thread. */
  void tell(PrintWriter to) {
    loop.execute(() -> {
      for (PingHost host : hosts) {
        String who = hosts.size() == 1 ? "" : host.name() + " : ";
        to.println("\r" + who + host.statistics.line());
      }
      to.flush();
    });
  }

  private void begin() {
    if (finished) {
      return;
    }
    printer.started(hosts);
    startedAt = loop.clock().nanoTime();
    lastSentAt = startedAt;
    OptionalLong deadline = schedule.deadline();
    deadline.ifPresent(nanos -> loop.wheel().arm(ending, startedAt + nanos));
    sendNext(startedAt, startedAt);
  }

  @Override
  protected void fired(long now) {
    sendNext(now, deadline());
  }

  /** Requests of all hosts, and the time of the next ones. */
  private void sendNext(long now, long planned) {
    if (finished) {
      return;
    }
    if (printer.isBroken()) {
      finish();
      return;
    }
    for (PingHost host : hosts) {
      if (wantsMore(host)) {
        if (outstanding && !host.isLastAnswered()) {
          printer.outstanding(host);
        }
        host.send(loop.exchange(), schedule.patience());
        lastSentAt = now;
      }
    }
    if (hosts.stream().anyMatch(this::wantsMore)) {
      long pause = schedule.isFlood() ? FLOOD_PAUSE : schedule.interval();
      long next = planned + pause;
      loop.wheel().arm(this, next > now ? next : now + pause);
    } else {
      linger(now);
    }
  }

  private boolean wantsMore(PingHost host) {
    boolean unlimited = schedule.deadline().isPresent();
    return !host.isDone(schedule.count(), unlimited)
        && (unlimited || host.sent() < schedule.count());
  }

  /** Behind the last request: once anybody has answered, nobody is waited for much longer. */
  private void linger(long now) {
    long longest = hosts.stream().mapToLong(host -> host.statistics.longest()).max().orElse(0);
    boolean answered = hosts.stream().anyMatch(host -> host.statistics.hasReplies());
    if (answered && !schedule.isPatient() && schedule.deadline().isEmpty()) {
      long least = Math.max(LEAST_LINGERING, schedule.interval());
      long wait = Math.min(schedule.patience(), Math.max(2 * longest, least));
      loop.wheel().arm(ending, now + wait);
    }
  }

  private void settled(PingHost host, boolean sent) {
    if (finished) {
      return;
    }
    if (host.hindrance().isPresent()) {
      finish();
      return;
    }
    boolean deadline = schedule.deadline().isPresent();
    if (hosts.stream().allMatch(each -> each.isDone(schedule.count(), deadline))) {
      finish();
    } else if (schedule.isFlood() && sent && !host.isWaiting() && wantsMore(host)) {
      // Not from here: a listener must not send.
      loop.execute(this::floodOn);
    }
  }

  private void floodOn() {
    if (!hosts.getFirst().isWaiting()) {
      long now = loop.clock().nanoTime();
      sendNext(now, now);
    }
  }

  private void finish() {
    if (!finished) {
      finished = true;
      loop.wheel().cancel(this);
      loop.wheel().cancel(ending);
      hosts.forEach(PingHost::end);
      if (hosts.getFirst().hindrance().isEmpty()) {
        printer.finished(hosts, lastSentAt - startedAt);
      }
      done.countDown();
    }
  }
}
