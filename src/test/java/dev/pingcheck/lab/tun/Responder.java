package dev.pingcheck.lab.tun;

import java.util.List;
import java.util.PriorityQueue;

/**
 * Everybody behind the TUN device: reads the requests and does to each what the script says, on a
 * thread of its own.
 */
public final class Responder implements AutoCloseable {
  /** Packets that are read before due ones are written. */
  private static final int READS = 64;

  private static final long LONGEST_WAIT = 20_000_000;
  private static final long PATIENCE = 30_000;

  private final TunDevice device;
  private final Targets targets;
  private final Witness witness;
  private final Album album = new Album();
  private final Performer performer;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final int[] expected = {0, 1};
  private final Thread thread = Thread.ofPlatform().name("responder").unstarted(this::run);
  private long order;
  private volatile boolean stopping;
  private volatile boolean idle;
  private volatile Throwable fault;

  /**
   * @param identifiers of the prober
   */
  public Responder(
      TunDevice device, Script script, Targets targets, Identifiers identifiers, Witness witness) {
    this.device = device;
    this.targets = targets;
    this.witness = witness;
    performer = new Performer(script, targets, identifiers, album);
  }

  private record Due(Emission emission, long at, long order) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at - other.at, 0);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  public void start() {
    thread.start();
  }

  /** Whether nothing was to be read or written lately and nothing is due later. */
  public boolean isIdle() {
    if (fault != null) {
      throw new IllegalStateException("the responder failed", fault);
    }
    return idle;
  }

  /** Ends it, and closes the device. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (device) {
      device.pinThread();
      while (!stopping) {
        turn();
      }
    } catch (RuntimeException | Error failed) {
      fault = failed;
    }
  }

  private void turn() {
    boolean read = false;
    for (int i = 0; i < READS; i++) {
      byte[] octets = device.read();
      if (octets.length == 0) {
        break;
      }
      read = true;
      accept(Packet.of(octets));
    }
    writeDue();
    idle = !read && queue.isEmpty();
    if (!read) {
      Due next = queue.peek();
      long wait = next == null ? LONGEST_WAIT : next.at() - System.nanoTime();
      device.await(Math.clamp(wait, 0, LONGEST_WAIT));
    }
  }

  private void accept(Packet packet) {
    if (!packet.isEchoRequest()) {
      return;
    }
    int family = packet.isIpv6() ? 1 : 0;
    int ordinal = targets.ordinal(packet.destination(), expected[family]);
    if (ordinal < 0) {
      return;
    }
    expected[family] = ordinal + 2;
    long now = System.nanoTime();
    witness.arrived(ordinal, now);
    List<Emission> emissions = performer.perform(ordinal, packet, now);
    for (Emission emission : emissions) {
      if (emission.delay() == 0) {
        write(emission);
      } else {
        queue.add(new Due(emission, now + emission.delay(), order++));
      }
    }
  }

  private void writeDue() {
    while (!queue.isEmpty() && queue.peek().at() - System.nanoTime() <= 0) {
      write(queue.remove().emission());
    }
  }

  private void write(Emission emission) {
    long before = System.nanoTime();
    device.write(emission.packet().octets());
    long after = System.nanoTime();
    witness.emitted(emission, before, after);
    if (emission.nature() == Nature.GENUINE) {
      album.keep(emission, after);
    }
  }
}
