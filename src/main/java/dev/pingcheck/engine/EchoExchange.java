package dev.pingcheck.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendNotices;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.engine.wire.EchoCookie;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.schedule.TimerWheel;
import dev.pingcheck.stats.LossReason;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Sends echo requests and tells each one's listener what becomes of it. Used by the loop's thread
 * alone.
 */
public final class EchoExchange {
  private static final System.Logger LOG = System.getLogger(EchoExchange.class.getName());

  /** The longest IPv4 header, which comes with a received packet. */
  private static final int IP_HEADER = 60;

  private static final IpFamily[] FAMILIES = IpFamily.values();

  /** Turns of one socket before the other's; a flood must not keep requests from being sent. */
  private static final int MOST_RECEIVES = 64;

  /** When replies may still wait unread, a timeout is looked at again after that time. */
  private static final long RECHECK = Duration.ofMillis(1).toNanos();

  private final Clock clock;
  private final IcmpPort port;
  private final TimerWheel wheel;
  private final EngineCounters counters;
  private final EchoCookie cookies;
  private final CaptureMark mark;
  private final InFlightTable table;
  private final ArrivalClock arrivals;
  private final Settlement settlement;
  private final EchoMatcher matcher;
  private final SocketMender mender;
  private final SendStamping stamping = new SendStamping();
  private final Outbox ipv4 = new Outbox(IpFamily.IPV4);
  private final Outbox ipv6 = new Outbox(IpFamily.IPV6);
  private final Queue<Echo> unnumbered = new ArrayDeque<>();
  private final ToldErrors toldIpv4;
  private final ToldErrors toldIpv6;
  private final long[] drops = new long[FAMILIES.length];
  private final Unread unread;

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
    mark = CaptureMark.random(random);
    table = new InFlightTable(port, () -> new Echo(this), mostInFlight);
    arrivals = new ArrivalClock(clock);
    toldIpv4 = new ToldErrors(port.identifiers());
    toldIpv6 = new ToldErrors(port.identifiers());
    settlement = new Settlement(wheel, counters);
    matcher = new EchoMatcher(table, cookies, arrivals, settlement, counters);
    mender = new SocketMender(port, wheel, counters);
    unread = new Unread(port, arrivals);
  }

  /** What the numbers of marked requests begin with; from any thread. */
  public CaptureMark mark() {
    return mark;
  }

  /**
   * Sends one echo request, at the latest at the end of the loop's turn. Its timeout counts from
   * the moment at which it is handed to the kernel.
   *
   * @param timeout nanoseconds, positive
   * @param ordinal comes back in {@link Echo#ordinal()}
   */
  public void send(Peer to, EchoShape shape, long timeout, int ordinal, EchoListener listener) {
    Echo echo = table.claim(to.family(), clock.nanoTime());
    boolean numbered = echo != null;
    if (!numbered) {
      echo = new Echo(this);
    } else if (shape.marked()) {
      echo.number = mark.on(echo.number);
    }
    echo.peer = to;
    echo.payloadSize = shape.payloadSize();
    echo.pattern = shape.pattern();
    echo.timeout = timeout;
    echo.ordinal = ordinal;
    echo.listener = listener;
    echo.sentStamp = 0;
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
    unread.nothing();
    toldIpv4.turn();
    toldIpv6.turn();
    long lookedAt = clock.nanoTime();
    port.await(0);
    for (IpFamily family : FAMILIES) {
      if (port.isOpen(family)) {
        drain(family, lookedAt);
      }
    }
  }

  /** Whether something is still to be taken in, and the next turn should come at once. */
  boolean isBusy() {
    return !toldIpv4.isEmpty() || !toldIpv6.isEmpty();
  }

  void timedOut(Echo echo, long now) {
    if (unread.mayHold(echo.peer.family(), echo.sentAt + echo.timeout)) {
      wheel.arm(echo, now + RECHECK);
    } else {
      settlement.lost(echo, LossReason.TIMEOUT, now, clock.now());
    }
  }

  private void drain(IpFamily family, long lookedAt) {
    long before = lookedAt;
    for (int left = MOST_RECEIVES; left > 0; left--) {
      ReceivedPackets packets = port.receive(family);
      SendNotices notices = port.notices(family);
      if (packets.count() > 0 || notices.count() > 0) {
        arrivals.read();
        match(family, notices, packets);
      }
      if (packets.isBroken()) {
        takeOld(family);
        mender.mend(family, before);
        return;
      }
      if (packets.isDrained()) {
        takeOld(family);
        arrivals.drained(family, before);
        countDrops(family);
        return;
      }
      if (left == 1) {
        unread.behind(family, packets);
      }
      before = clock.nanoTime();
    }
  }

  /**
   * Packets and the errors that the kernel tells apart from them are taken in the order in which
   * they came. Whatever comes from outside, a fault in reading it must not lose what came with it.
   */
  private void match(IpFamily family, SendNotices notices, ReceivedPackets packets) {
    for (SendNotices some = notices; some.count() > 0; some = port.moreNotices(family)) {
      for (int i = 0; i < some.count(); i++) {
        if (some.isStamp(i)) {
          matcher.left(some.key(i), some.kernelStamp(i));
        } else {
          told(family).add(packets.socket(), new ToldError(family, some, i));
        }
      }
    }
    for (int i = 0; i < packets.count(); i++) {
      takeTold(family, packets.socket(), packets.kernelStamp(i));
      try {
        matcher.accept(family, packets, i);
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  /** Takes the errors of a socket that came before that time. */
  private void takeTold(IpFamily family, int socket, long until) {
    ToldError error;
    while ((error = told(family).before(socket, until)) != null) {
      accept(family, error);
    }
  }

  /** Takes the errors that have waited for a turn. */
  private void takeOld(IpFamily family) {
    ToldError error;
    while ((error = told(family).oldest()) != null) {
      accept(family, error);
    }
  }

  private void accept(IpFamily family, ToldError error) {
    try {
      matcher.accept(family, error);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private ToldErrors told(IpFamily family) {
    return family == IpFamily.IPV4 ? toldIpv4 : toldIpv6;
  }

  private void failed(RuntimeException e) {
    counters.faults.increment();
    LOG.log(Level.ERROR, "A packet could not be read.", e);
  }

  private void countDrops(IpFamily family) {
    long now = port.drops(family);
    counters.kernelDrops.add(now - drops[family.ordinal()]);
    drops[family.ordinal()] = now;
  }

  private void flush(Outbox box) {
    if (box.count() == 0) {
      return;
    }
    long now = clock.nanoTime();
    arrivals.refresh(now);
    box.send(port, stamping.wants(box.count(), box.isFull(), now));
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
