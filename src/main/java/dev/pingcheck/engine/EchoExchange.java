package dev.pingcheck.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.engine.wire.EchoCookie;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.schedule.TimerWheel;
import dev.pingcheck.stats.LossReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Sends echo requests and tells each one's listener what becomes of it. Used by the loop's thread
 * alone.
 */
public final class EchoExchange {
  /** The longest IPv4 header, which comes with a received packet. */
  private static final int IP_HEADER = 60;

  /** Turns of one socket before the other's; a flood must not keep requests from being sent. */
  private static final int MOST_RECEIVES = 64;

  /** When replies may still wait unread, a timeout is looked at again after that time. */
  private static final long RECHECK = Duration.ofMillis(1).toNanos();

  private final Clock clock;
  private final IcmpPort port;
  private final TimerWheel wheel;
  private final EngineCounters counters;
  private final EchoCookie cookies;
  private final InFlightTable table;
  private final ArrivalClock arrivals;
  private final Settlement settlement;
  private final EchoMatcher matcher;
  private final SocketMender mender;
  private final Outbox ipv4 = new Outbox(IpFamily.IPV4);
  private final Outbox ipv6 = new Outbox(IpFamily.IPV6);
  private final Queue<Echo> unnumbered = new ArrayDeque<>();
  private boolean drained = true;

  EchoExchange(
      Clock clock,
      IcmpPort port,
      TimerWheel wheel,
      EngineCounters counters,
      RandomGenerator random,
      int mostInFlight) {
    this.clock = clock;
    this.port = port;
    this.wheel = wheel;
    this.counters = counters;
    cookies = new EchoCookie(random.nextLong(), random.nextLong());
    table = new InFlightTable(random, () -> new Echo(this), mostInFlight);
    arrivals = new ArrivalClock(clock);
    settlement = new Settlement(wheel, counters);
    matcher = new EchoMatcher(table, cookies, arrivals, settlement, counters);
    mender = new SocketMender(port, wheel, counters);
  }

  /**
   * Sends one echo request, at the latest at the end of the loop's turn. Its timeout counts from
   * the moment at which it is handed to the kernel.
   *
   * @param timeout nanoseconds, positive
   * @param ordinal comes back in {@link Echo#ordinal()}
   */
  public void send(Peer to, PacketShape shape, long timeout, int ordinal, EchoListener listener) {
    Echo echo = table.claim(clock.nanoTime());
    boolean numbered = echo != null;
    if (!numbered) {
      echo = new Echo(this);
    }
    echo.peer = to;
    echo.payloadSize = shape.payloadSize();
    echo.timeout = timeout;
    echo.ordinal = ordinal;
    echo.listener = listener;
    echo.state = Echo.State.QUEUED;
    if (!numbered) {
      unnumbered.add(echo);
      return;
    }
    Outbox box = to.family() == IpFamily.IPV4 ? ipv4 : ipv6;
    if (box.isFull()) {
      flush(box);
    }
    port.reserve(IP_HEADER + EchoFormat.HEADER_SIZE + shape.payloadSize());
    long cookie = cookies.of(echo.identifier, echo.sequence, echo.number, to.high(), to.low());
    box.add(echo, shape, cookie);
  }

  /** Hands over to the kernel what {@link #send} has collected. */
  void flush() {
    flush(ipv4);
    flush(ipv6);
    while (!unnumbered.isEmpty()) {
      settlement.unsent(unnumbered.remove(), LossReason.NO_BUFFER, clock.nanoTime(), clock.now());
    }
  }

  /** Takes in all packets that wait, so that no reply is judged lost while it lies here unread. */
  void receive() {
    drained = true;
    for (IpFamily family : IpFamily.values()) {
      if (port.isOpen(family)) {
        drained &= drain(family);
      }
    }
  }

  void timedOut(Echo echo, long now) {
    if (drained) {
      settlement.lost(echo, LossReason.TIMEOUT, now, clock.now());
    } else {
      wheel.arm(echo, now + RECHECK);
    }
  }

  private boolean drain(IpFamily family) {
    for (int i = 0; i < MOST_RECEIVES; i++) {
      long before = clock.nanoTime();
      ReceivedPackets packets = port.receive(family);
      if (packets.count() > 0) {
        arrivals.read();
        for (int p = 0; p < packets.count(); p++) {
          matcher.accept(family, packets, p);
        }
      }
      if (packets.isBroken()) {
        mender.mend(family, before);
        return true;
      }
      if (packets.isDrained()) {
        arrivals.drained(family, before);
        return true;
      }
    }
    return false;
  }

  private void flush(Outbox box) {
    if (box.count() == 0) {
      return;
    }
    box.send(port);
    for (int i = 0; i < box.count(); i++) {
      Echo echo = box.echo(i);
      SendBatch.Slot slot = box.slot(i);
      if (slot.outcome() == SendOutcome.SENT) {
        counters.sent.increment();
        echo.state = Echo.State.WAITING;
        echo.sentAt = slot.sentAt();
        wheel.arm(echo, echo.sentAt + echo.timeout);
      } else {
        settlement.unsent(echo, LossReasons.of(slot.outcome()), slot.sentAt(), clock.now());
      }
    }
    box.clear();
  }
}
