package dev.pingcheck.cli;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.EchoListener;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * One ping of one host. Everything but {@link #run} and Ctrl-C's hook happens on the loop's thread.
 * As a timer it is due at its next request.
 */
final class PingSession extends WheelTimer implements EchoListener {
  private static final int SUCCESS = 0;
  private static final int NO_REPLY = 1;
  private static final int ERROR = 2;

  /**
   * What to do.
   *
   * @param host as the user typed it
   * @param count requests; the greatest integer for no end
   * @param interval nanoseconds
   * @param timeout nanoseconds
   */
  record Order(String host, Peer peer, PacketShape shape, int count, long interval, long timeout) {}

  /**
   * How it went.
   *
   * @param exitCode 0 if a reply came, 1 if none did, 2 if nothing could be sent
   * @param complaint in one sentence, if nothing could be sent
   */
  record Result(int exitCode, Optional<String> complaint) {}

  private final Order order;
  private final EchoLoop loop;
  private final PrintWriter out;
  private final PingStatistics statistics = new PingStatistics();
  private final CountDownLatch done = new CountDownLatch(1);
  private Optional<String> complaint = Optional.empty();
  private long startedAt;
  private long elapsed;
  private int sent;
  private int settled;
  private boolean finished;

  PingSession(Order order, EchoLoop loop, PrintWriter out) {
    this.order = order;
    this.loop = loop;
    this.out = out;
  }

  /** Pings until the count is reached or somebody types Ctrl-C, and prints the summary. */
  Result run() throws InterruptedException {
    Thread hook = Thread.ofPlatform().unstarted(this::interrupted);
    Runtime.getRuntime().addShutdownHook(hook);
    print(PingText.header(order.host(), order.peer(), order.shape().payloadSize()));
    loop.start();
    loop.execute(this::begin);
    done.await();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is at work, and it ends the process.
      Thread.currentThread().join();
    }
    conclude();
    return new Result(exitCode(), complaint);
  }

  /** A Java process that gets SIGINT ends with 130 unless it halts first; ping ends with 0 or 1. */
  private void interrupted() {
    loop.execute(this::finish);
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    conclude();
    Runtime.getRuntime().halt(exitCode());
  }

  private void conclude() {
    if (complaint.isEmpty()) {
      print(statistics.summary(order.host(), elapsed));
    }
  }

  private int exitCode() {
    if (complaint.isPresent()) {
      return ERROR;
    }
    return statistics.hasReplies() ? SUCCESS : NO_REPLY;
  }

  private void begin() {
    startedAt = loop.clock().nanoTime();
    sendNext(startedAt);
  }

  @Override
  protected void fired(long now) {
    sendNext(now);
  }

  private void sendNext(long now) {
    if (finished) {
      return;
    }
    int ordinal = sent;
    sent++;
    if (sent < order.count()) {
      long planned = ordinal == 0 ? now : deadline();
      long next = planned + order.interval();
      loop.wheel().arm(this, next > now ? next : now + order.interval());
    }
    statistics.transmitted();
    loop.exchange().send(order.peer(), order.shape(), order.timeout(), ordinal, this);
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    if (finished) {
      return;
    }
    statistics.received(arrival.rtt());
    print(PingText.reply(echo, arrival));
    progressed();
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    if (finished) {
      return;
    }
    if (error.isPresent()) {
      statistics.error();
      print(PingText.error(echo, reason, error.get()));
    } else if (reason == LossReason.TIMEOUT) {
      print(PingText.timeout(echo));
    } else if (reason == LossReason.NO_ROUTE && settled == 0) {
      complaint = Optional.of(PingText.cause(reason, order.peer()));
      finish();
    } else {
      statistics.error();
      print(PingText.notSent(echo, reason));
    }
    progressed();
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {
    if (finished) {
      return;
    }
    switch (kind) {
      case LATE -> print(PingText.reply(echo, arrival) + " (LATE, counted as lost)");
      case DUPLICATE -> {
        statistics.duplicate();
        print(PingText.reply(echo, arrival) + " (DUP!)");
      }
      case CORRUPT -> {
        statistics.corrupted();
        print(PingText.corrupt(echo, arrival));
      }
      case FOREIGN -> print(PingText.foreign(echo, arrival));
    }
  }

  private void progressed() {
    settled++;
    if (settled == order.count()) {
      finish();
    }
  }

  private void finish() {
    if (!finished) {
      finished = true;
      loop.wheel().cancel(this);
      elapsed = loop.clock().nanoTime() - startedAt;
      done.countDown();
    }
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
