package dev.pingcheck.capture;

import dev.pingcheck.capture.PacketSource.RawPacket;
import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.RoundTrace;
import dev.pingcheck.engine.RoundWitness;
import dev.pingcheck.stats.Evidence;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the newest packets of our own echoes, and makes a file of those of each round that lost
 * some. Packets come on the capture's thread, rounds on the engine's, questions on any.
 */
public final class EvidenceKeeper implements RoundWitness {
  /** The fewest octets of memory that hold a round. */
  public static final int LEAST_BYTES = 64 << 10;

  public static final int MOST_BYTES = 256 << 20;
  public static final int DEFAULT_BYTES = 4 << 20;

  /** Of a round that lasts longer its end is kept. */
  private static final Duration LONGEST_AGE = Duration.ofMinutes(10);

  /** The capture may see a packet later than the engine; and a late reply is worth waiting for. */
  private static final Duration LINGER = Duration.ofMillis(500);

  private static final int IDENTIFIERS = 1 << 16;

  /** A round whose file is due. */
  private record Due(RoundTrace round, long at) {}

  private final Clock clock;
  private final PacketRing ring;
  private final EvidenceShelf shelf;
  private final Queue<Due> due = new ConcurrentLinkedQueue<>();
  private final BitSet ipv4Identifiers = new BitSet(IDENTIFIERS);
  private final BitSet ipv6Identifiers = new BitSet(IDENTIFIERS);
  private volatile Evidence sight = Evidence.missing("the capture had not begun");
  private volatile long captured;
  private volatile long evicted;
  private volatile long weight;

  /**
   * @param bytes of memory, {@link #LEAST_BYTES} to {@link #MOST_BYTES}: half for the newest
   *     packets, half for the files of bad rounds
   */
  public EvidenceKeeper(Clock clock, long bytes) {
    this.clock = clock;
    ring = new PacketRing(bytes / 2, LONGEST_AGE);
    shelf = new EvidenceShelf(bytes - bytes / 2);
  }

  /** Says from now on whether packets are seen. */
  void sees(Evidence now) {
    sight = now;
  }

  @Override
  public Evidence sight() {
    return sight;
  }

  @Override
  public void ended(RoundTrace round) {
    if (shelf.expect(key(round))) {
      due.add(new Due(round, clock.nanoTime() + LINGER.toNanos()));
    }
  }

  /** Gives what there is of a round, as soon as it is there. */
  public void ask(String uid, long round, EvidenceAnswer answer) {
    shelf.ask(new EvidenceShelf.Key(uid, round), answer);
  }

  /** Lets go what belongs to other checks than these. */
  void retain(Set<String> uids) {
    due.removeIf(one -> !uids.contains(one.round.check().uid()));
    shelf.retain(uids);
  }

  /** A packet has passed. On the capture's thread. */
  void accept(RawPacket packet) {
    Optional<Sight> seen = Sight.of(packet.octets());
    if (seen.filter(this::isOurs).isEmpty()) {
      return;
    }
    ring.add(new CapturedPacket(packet, seen.get()));
    captured++;
    count();
  }

  /** A request precedes what answers it; the filter has seen its mark. */
  private boolean isOurs(Sight of) {
    BitSet identifiers = of.isIpv6() ? ipv6Identifiers : ipv4Identifiers;
    if (of.kind() == Sight.Kind.REQUEST) {
      identifiers.set(of.identifier());
    }
    return identifiers.get(of.identifier());
  }

  /** Whether a file is due. */
  boolean isDue() {
    Due next = due.peek();
    return next != null && clock.nanoTime() - next.at >= 0;
  }

  /** Makes the files that are due. On the capture's thread, several times a second. */
  void tick() {
    long now = clock.nanoTime();
    for (Due next = due.peek(); next != null && now - next.at >= 0; next = due.peek()) {
      due.remove(next);
      long from = nanos(next.round.startTime());
      byte[] file = new RoundFile(next.round, ring.since(from)).write(EvidenceKeeper::name);
      shelf.put(key(next.round), file);
    }
    ring.forgetOld(nanos(clock.now()));
    count();
  }

  /** Nothing more comes for now. On the capture's thread. */
  void forgetPackets() {
    ring.clear();
    count();
  }

  private void count() {
    evicted = ring.evicted() + shelf.evicted();
    weight = ring.weight();
  }

  CaptureCounts counts(long kernelDrops) {
    return new CaptureCounts(captured, evicted, kernelDrops, weight + shelf.size());
  }

  private static EvidenceShelf.Key key(RoundTrace round) {
    return new EvidenceShelf.Key(round.check().uid(), round.id().number());
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private static String name(int device) {
    try {
      NetworkInterface known = device == 0 ? null : NetworkInterface.getByIndex(device);
      return known == null ? "interface " + device : known.getName();
    } catch (SocketException unknown) {
      return "interface " + device;
    }
  }
}
