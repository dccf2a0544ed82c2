package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendNotices;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.SocketRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Raw or ping sockets of Linux. */
public final class LinuxIcmpPort implements IcmpPort {
  static final int FIRST_PACKET_SIZE = 2048;

  private final SocketKind kind;
  private final PacketSender ipv4Sender;
  private final PacketSender ipv6Sender;
  private final FamilySockets ipv4;
  private final FamilySockets ipv6;
  private final Waiter waiter;
  private int packetSize = FIRST_PACKET_SIZE;

  private LinuxIcmpPort(
      SocketKind kind, LongSupplier nanoTime, RandomGenerator random, Origin ipv6Origin) {
    this.kind = kind;
    int blocks = (1 << 16) / FamilySockets.RAW_IDENTIFIERS;
    int block = random.nextInt(1, blocks) * FamilySockets.RAW_IDENTIFIERS;
    ipv4Sender = new PacketSender(IpFamily.IPV4, nanoTime);
    ipv6Sender = new PacketSender(IpFamily.IPV6, nanoTime);
    ipv4 = new FamilySockets(kind, IpFamily.IPV4, random, block, ipv4Sender);
    ipv6 = new FamilySockets(kind, IpFamily.IPV6, random, block, ipv6Sender);
    ipv6.keepTo(ipv6Origin);
    waiter = new Waiter(ipv4.sockets().length + ipv6.sockets().length);
  }

  /**
   * Opens sockets for each family that there is.
   *
   * @param nanoTime the monotonic time that marks sent packets
   * @param random chooses identifiers: hard to guess
   */
  public static PortOpening open(SocketMode mode, LongSupplier nanoTime, RandomGenerator random) {
    return open(mode, nanoTime, random, Origin.ANY);
  }

  /**
   * The same, with all IPv6 packets starting at one place. A packet's own {@link Origin} may name
   * one without that, but the kernel does not heed all of it for IPv6: ping sockets pass over a
   * packet's source, and where a source is named, routes go by it and not by the interface.
   *
   * @param ipv6Origin to be given where packets name an IPv6 source; else {@link Origin#ANY}
   */
  public static PortOpening open(
      SocketMode mode, LongSupplier nanoTime, RandomGenerator random, Origin ipv6Origin) {
    Opener opener =
        (kind, reason) -> open(kind, reason, new LinuxIcmpPort(kind, nanoTime, random, ipv6Origin));
    return switch (mode) {
      case RAW -> opener.open(SocketKind.RAW, "as asked for");
      case PING -> opener.open(SocketKind.PING, "as asked for");
      case AUTO ->
          switch (opener.open(SocketKind.RAW, "which are permitted here")) {
            case PortOpening.Opened raw -> raw;
            case PortOpening.Refused raw -> openInstead(raw, opener);
          };
    };
  }

  /** Opens sockets of a kind. */
  private interface Opener {
    PortOpening open(SocketKind kind, String reason);
  }

  private static PortOpening openInstead(PortOpening.Refused raw, Opener opener) {
    return switch (opener.open(SocketKind.PING, "as " + raw.sentence())) {
      case PortOpening.Opened ping -> ping;
      case PortOpening.Refused ping -> {
        List<SocketRefusal> causes = new ArrayList<>(raw.causes());
        causes.addAll(ping.causes());
        yield new PortOpening.Refused(List.copyOf(causes));
      }
    };
  }

  private static PortOpening open(SocketKind kind, String reason, LinuxIcmpPort port) {
    List<SocketRefusal> missing = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      port.reopen(family).ifPresent(missing::add);
    }
    if (missing.size() < IpFamily.values().length) {
      String choice = "Using " + kind + ", " + reason + ".";
      return new PortOpening.Opened(port, List.copyOf(missing), choice);
    }
    port.close();
    return new PortOpening.Refused(List.copyOf(missing));
  }

  @Override
  public SocketKind kind() {
    return kind;
  }

  @Override
  public int identifiers() {
    return kind == SocketKind.RAW ? FamilySockets.RAW_IDENTIFIERS : FamilySockets.PING_SOCKETS;
  }

  @Override
  public int identifier(IpFamily family, int index) {
    return sockets(family).identifier(index);
  }

  @Override
  public int indexOf(IpFamily family, int identifier) {
    return sockets(family).indexOf(identifier);
  }

  @Override
  public boolean isOpen(IpFamily family) {
    return sockets(family).isOpen();
  }

  @Override
  public Optional<SocketRefusal> reopen(IpFamily family) {
    Optional<SocketRefusal> refusal = sockets(family).open();
    int index = 0;
    for (IpFamily each : IpFamily.values()) {
      for (IcmpSocket socket : sockets(each).sockets()) {
        waiter.watch(index++, socket.fd());
      }
    }
    return refusal;
  }

  @Override
  public void send(IpFamily family, SendBatch batch, boolean stamped) {
    sockets(family).send(batch, stamped);
  }

  @Override
  public ReceivedPackets receive(IpFamily family) {
    ReceivedPackets packets = sockets(family).receive();
    if (packets.isBroken()) {
      unwatch(family);
    }
    return packets;
  }

  @Override
  public SendNotices notices(IpFamily family) {
    return sockets(family).notices();
  }

  @Override
  public SendNotices moreNotices(IpFamily family) {
    return sockets(family).moreNotices();
  }

  @Override
  public long drops(IpFamily family) {
    return sockets(family).drops();
  }

  @Override
  public void reserve(int size) {
    if (size > packetSize) {
      packetSize = size;
      ipv4.reserve(size);
      ipv6.reserve(size);
    }
  }

  @Override
  public void await(long nanos) {
    waiter.await(nanos);
    int index = 0;
    for (IcmpSocket socket : ipv4.sockets()) {
      socket.found(waiter.found(index++));
    }
    for (IcmpSocket socket : ipv6.sockets()) {
      socket.found(waiter.found(index++));
    }
  }

  @Override
  public void wakeUp() {
    waiter.wakeUp();
  }

  @Override
  public void close() {
    waiter.close();
    ipv4.close();
    ipv6.close();
    ipv4Sender.close();
    ipv6Sender.close();
  }

  private void unwatch(IpFamily family) {
    int from = family == IpFamily.IPV4 ? 0 : ipv4.sockets().length;
    for (int i = 0; i < sockets(family).sockets().length; i++) {
      waiter.watch(from + i, -1);
    }
  }

  private FamilySockets sockets(IpFamily family) {
    return family == IpFamily.IPV4 ? ipv4 : ipv6;
  }
}
