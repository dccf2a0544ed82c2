package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.schedule.TimerWheel;
import dev.pingcheck.schedule.WheelTimer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Opens broken sockets again, at first soon, then more and more rarely. */
final class SocketMender {
  private static final System.Logger LOG = System.getLogger(SocketMender.class.getName());
  private static final long FIRST_DELAY = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_DELAY = Duration.ofSeconds(10).toNanos();

  private final IcmpPort port;
  private final TimerWheel wheel;
  private final EngineCounters counters;
  private final Map<IpFamily, Mending> mendings = new EnumMap<>(IpFamily.class);

  SocketMender(IcmpPort port, TimerWheel wheel, EngineCounters counters) {
    this.port = port;
    this.wheel = wheel;
    this.counters = counters;
  }

  void mend(IpFamily family, long now) {
    LOG.log(Level.WARNING, "The {0} ICMP socket broke; it is opened again.", family);
    Mending mending = mendings.computeIfAbsent(family, Mending::new);
    // A socket that breaks again right after it was opened must not make the loop spin.
    boolean again = now - mending.openedAt < LONGEST_DELAY && mending.delay > 0;
    mending.delay = again ? Math.min(LONGEST_DELAY, mending.delay * 2) : FIRST_DELAY;
    wheel.arm(mending, now + mending.delay);
  }

  private final class Mending extends WheelTimer {
    private final IpFamily family;
    private long delay;
    private long openedAt;

    Mending(IpFamily family) {
      this.family = family;
    }

    @Override
    protected void fired(long now) {
      Optional<SocketRefusal> refusal = port.reopen(family);
      if (refusal.isEmpty()) {
        openedAt = now;
        counters.socketsReopened.increment();
        LOG.log(Level.INFO, "The {0} ICMP socket is open again.", family);
        return;
      }
      LOG.log(Level.WARNING, "No {0} ICMP socket: {1}.", family, refusal.get().sentence());
      delay = Math.min(LONGEST_DELAY, delay * 2);
      wheel.arm(this, now + delay);
    }
  }
}
