package dev.pingcheck.engine.socket;

import dev.pingcheck.clock.Clock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/** A port whose network is the test. Packets arrive at the fake clock's time. */
public final class SimulatedPort implements IcmpPort {
  /** What was sent: the destination, the ICMP message, and its options. */
  public record Sent(Peer to, byte[] message, int ttl, int dscp, boolean dontFragment) {}

  private record Waiting(Peer from, byte[] octets, long stamp) {}

  private final Clock clock;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<IpFamily, Deque<Waiting>> waiting = new EnumMap<>(IpFamily.class);
  private final Set<IpFamily> open = EnumSet.allOf(IpFamily.class);
  private final Set<IpFamily> breaking = EnumSet.noneOf(IpFamily.class);
  private SendOutcome outcome = SendOutcome.SENT;
  private boolean stamping = true;
  private int refusals;
  private int reopened;

  public SimulatedPort(Clock clock) {
    this.clock = clock;
    for (IpFamily family : IpFamily.values()) {
      waiting.put(family, new ArrayDeque<>());
    }
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

  /** The next receive finds the socket broken, and so many attempts to open it again fail. */
  public void breakSocket(IpFamily family, int refusedAttempts) {
    breaking.add(family);
    refusals = refusedAttempts;
  }

  public int reopened() {
    return reopened;
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
  public void send(IpFamily family, SendBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      SendBatch.Slot slot = batch.slot(i);
      SendOutcome result = isOpen(family) ? outcome : SendOutcome.FAILED;
      if (result == SendOutcome.SENT) {
        byte[] message = slot.buffer().asSlice(0, slot.size()).toArray(ValueLayout.JAVA_BYTE);
        sent.add(new Sent(slot.peer(), message, slot.ttl(), slot.dscp(), slot.dontFragment()));
      }
      slot.settle(result, clock.nanoTime());
    }
  }

  @Override
  public ReceivedPackets receive(IpFamily family) {
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
    throw new IllegalStateException("a simulated port is driven turn by turn");
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
    public int hopLimit(int index) {
      return packet.from.family() == IpFamily.IPV6 ? 61 : -1;
    }

    @Override
    public long kernelStamp(int index) {
      return packet.stamp;
    }
  }
}
