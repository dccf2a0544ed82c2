package dev.pingcheck.engine.socket;

import dev.pingcheck.clock.Clock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A port whose network is the test. Packets arrive at the fake clock's time. */
public final class SimulatedPort implements IcmpPort {
  private static final long LONGEST_WAIT = Duration.ofMillis(1).toNanos();
  private static final int IDENTIFIERS = 64;
  private static final int FIRST_IDENTIFIER = 0x5a40;

  /** What was sent: the destination, the ICMP message, and its options. */
  public record Sent(Peer to, byte[] message, int ttl, int dscp, boolean dontFragment) {}

  private record Waiting(Peer from, byte[] octets, long stamp) {}

  private final Clock clock;
  private final int identifiers;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<IpFamily, Deque<Waiting>> waiting = new EnumMap<>(IpFamily.class);
  private final Set<IpFamily> open = EnumSet.allOf(IpFamily.class);
  private final Set<IpFamily> breaking = EnumSet.noneOf(IpFamily.class);
  private SocketKind kind = SocketKind.RAW;
  private SendOutcome outcome = SendOutcome.SENT;
  private final SimulatedNotices notices = new SimulatedNotices();
  private boolean stamping = true;
  private boolean sendStamps;
  private long drops;
  private int refusals;
  private int reopened;
  private volatile boolean waitsReally;

  /** As many identifiers as a raw socket lets in. */
  public SimulatedPort(Clock clock) {
    this(clock, IDENTIFIERS);
  }

  public SimulatedPort(Clock clock, int identifiers) {
    this.clock = clock;
    this.identifiers = identifiers;
    for (IpFamily family : IpFamily.values()) {
      waiting.put(family, new ArrayDeque<>());
    }
  }

  /** Its sockets are of that kind. */
  public void isOf(SocketKind other) {
    kind = other;
  }

  /** All that was sent since the last call. */
  public List<Sent> takeSent() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  /** A packet arrives now: with the IP header for IPv4, without for IPv6. */
  public void deliver(Peer from, byte[] octets) {
    Instant now = clock.now();
    long stamp = stamping ? now.getEpochSecond() * 1_000_000_000L + now.getNano() : 0;
    waiting.get(from.family()).add(new Waiting(from, octets.clone(), stamp));
  }

  /** What becomes of all that is sent from now on. */
  public void failSends(SendOutcome what) {
    outcome = what;
  }

  /** The kernel gives no stamps from now on. */
  public void withoutStamps() {
    stamping = false;
  }

  /** The kernel stamps what is sent as well, from now on. */
  public void withSendStamps() {
    sendStamps = true;
  }

  /** The socket had no room for so many packets. */
  public void drop(int packets) {
    drops += packets;
  }

  /** The next receive finds the socket broken, and so many attempts to open it again fail. */
  public void breakSocket(IpFamily family, int refusedAttempts) {
    breaking.add(family);
    refusals = refusedAttempts;
  }

  public int reopened() {
    return reopened;
  }

  @Override
  public SocketKind kind() {
    return kind;
  }

  @Override
  public int identifiers() {
    return identifiers;
  }

  @Override
  public int identifier(IpFamily family, int index) {
    return FIRST_IDENTIFIER + index;
  }

  @Override
  public int indexOf(IpFamily family, int identifier) {
    int index = identifier - FIRST_IDENTIFIER;
    return index >= 0 && index < identifiers ? index : -1;
  }

  @Override
  public SendNotices notices(IpFamily family) {
    return notices;
  }

  @Override
  public SendNotices moreNotices(IpFamily family) {
    notices.show();
    return notices;
  }

  @Override
  public long drops(IpFamily family) {
    return family == IpFamily.IPV4 ? drops : 0;
  }

  @Override
  public boolean isOpen(IpFamily family) {
    return open.contains(family);
  }

  @Override
  public Optional<SocketRefusal> reopen(IpFamily family) {
    if (refusals > 0) {
      refusals--;
      return Optional.of(new SocketRefusal(family, SocketRefusal.Cause.FAILED, "not yet"));
    }
    reopened++;
    open.add(family);
    return Optional.empty();
  }

  @Override
  public void send(IpFamily family, SendBatch batch, boolean stamped) {
    for (int i = 0; i < batch.count(); i++) {
      SendBatch.Slot slot = batch.slot(i);
      SendOutcome result = isOpen(family) ? outcome : SendOutcome.FAILED;
      if (result == SendOutcome.SENT) {
        byte[] message = slot.buffer().asSlice(0, slot.size()).toArray(ValueLayout.JAVA_BYTE);
        SendOptions options = slot.options();
        sent.add(
            new Sent(
                slot.peer(),
                message,
                options.ttl(),
                options.trafficClass() >> 2,
                options.discovery() == PathMtuDiscovery.DO));
        if (stamped && sendStamps) {
          notices.later.add(new SimulatedNotices.Stamp((int) slot.key(), clock.epochNanos()));
        }
      }
      slot.settle(result, clock.nanoTime());
    }
  }

  @Override
  public ReceivedPackets receive(IpFamily family) {
    notices.show();
    if (breaking.remove(family)) {
      open.remove(family);
      waiting.get(family).clear();
      return new One(null, true);
    }
    return new One(waiting.get(family).poll(), false);
  }

  @Override
  public void reserve(int packetSize) {}

  @Override
  public void await(long nanos) {
    if (waitsReally) {
      LockSupport.parkNanos(Math.min(nanos, LONGEST_WAIT));
    } else if (nanos > 0) {
      throw new IllegalStateException("a simulated port is driven turn by turn");
    }
  }

  /** Lets a loop go around on its own thread instead. */
  public void waitReally() {
    waitsReally = true;
  }

  @Override
  public void wakeUp() {}

  @Override
  public void close() {}

  /** One packet a call, so that draining takes several. */
  private record One(Waiting packet, boolean isBroken) implements ReceivedPackets {
    @Override
    public int count() {
      return packet == null ? 0 : 1;
    }

    @Override
    public int socket() {
      return 0;
    }

    @Override
    public boolean isDrained() {
      return packet == null;
    }

    @Override
    public MemorySegment octets(int index) {
      return MemorySegment.ofArray(packet.octets);
    }

    @Override
    public int length(int index) {
      return packet.octets.length;
    }

    @Override
    public boolean isCutOff(int index) {
      return false;
    }

    @Override
    public long sourceHigh(int index) {
      return packet.from.high();
    }

    @Override
    public long sourceLow(int index) {
      return packet.from.low();
    }

    @Override
    public int sourceScope(int index) {
      return packet.from.scope();
    }

    @Override
    public boolean hasIpHeader() {
      return packet.from.family() == IpFamily.IPV4;
    }

    @Override
    public int timeToLive(int index) {
      return packet.from.family() == IpFamily.IPV6 ? 61 : -1;
    }

    @Override
    public long kernelStamp(int index) {
      return packet.stamp;
    }
  }
}
