package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendNotices;
import dev.pingcheck.engine.socket.SendOutcome;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.engine.socket.SocketRefusal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The sockets of one family: a single raw one that lets in a block of identifiers, or several ping
 * sockets, each of which has one.
 */
final class FamilySockets implements AutoCloseable {
  static final int RAW_IDENTIFIERS = 64;
  static final int PING_SOCKETS = 4;

  private final SocketKind kind;
  private final IpFamily family;
  private final RandomGenerator random;
  private final int rawBlock;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.STATE);
  private final IcmpSocket[] sockets;
  private final ErrorQueue notices;
  private final PacketSender sender;
  private ReceiveRing ring;
  private SendOutcome whileClosed = SendOutcome.FAILED;
  private int turn;
  private long drops;

  FamilySockets(
      SocketKind kind, IpFamily family, RandomGenerator random, int rawBlock, PacketSender sender) {
    this.kind = kind;
    this.family = family;
    this.random = random;
    this.rawBlock = rawBlock;
    this.sender = sender;
    sockets = new IcmpSocket[kind == SocketKind.RAW ? 1 : PING_SOCKETS];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new IcmpSocket(kind, family);
    }
    notices = new ErrorQueue(family);
    ring = newRing(LinuxIcmpPort.FIRST_PACKET_SIZE);
  }

  /** From the next {@link #open} on, packets start there alone. */
  void keepTo(Origin origin) {
    for (IcmpSocket socket : sockets) {
      socket.keepTo(origin);
    }
  }

  boolean isOpen() {
    return sockets[0].isOpen();
  }

  IcmpSocket[] sockets() {
    return sockets;
  }

  int identifier(int index) {
    if (!isOpen()) {
      return -1;
    }
    return kind == SocketKind.RAW
        ? sockets[0].firstIdentifier() + index
        : sockets[index].firstIdentifier();
  }

  int indexOf(int identifier) {
    if (kind == SocketKind.RAW) {
      int index = identifier - sockets[0].firstIdentifier();
      return isOpen() && index >= 0 && index < RAW_IDENTIFIERS ? index : -1;
    }
    for (int i = 0; i < sockets.length; i++) {
      if (sockets[i].firstIdentifier() == identifier && sockets[i].isOpen()) {
        return i;
      }
    }
    return -1;
  }

  /** Opens all sockets or none. */
  Optional<SocketRefusal> open() {
    for (IcmpSocket socket : sockets) {
      int before = socket.firstIdentifier();
      int wanted = kind == SocketKind.RAW ? rawBlock : before;
      int errno =
          socket.open(wanted > 0 ? wanted : random.nextInt(1, 1 << 16), RAW_IDENTIFIERS, random);
      if (errno != 0) {
        shut();
        SocketRefusal refusal = Refusals.of(kind, family, errno);
        whileClosed = Refusals.meanwhile(refusal);
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  void send(SendBatch batch, boolean stamped) {
    int at = 0;
    while (at < batch.count()) {
      IcmpSocket socket = socketOf(batch.slot(at));
      int end = at + 1;
      while (end < batch.count() && belongs(batch.slot(at), batch.slot(end))) {
        end++;
      }
      sender.send(socket, batch, at, end, stamped, whileClosed);
      at = end;
    }
  }

  /** Reads the next socket of those that ppoll has found something for. */
  ReceivedPackets receive() {
    notices.nothing();
    ring.nothing();
    for (int i = 0; i < sockets.length; i++) {
      IcmpSocket socket = sockets[turn];
      if (socket.isReadable() || socket.doErrorsWait()) {
        ring.from(turn);
        read(socket);
        if (ring.isBroken()) {
          shut();
          return ring;
        }
        if (ring.isDrained() && (ring.isEmpty() || !socket.mayFail())) {
          socket.found(0);
        } else {
          socket.partlyRead();
        }
        if (sockets.length > 1) {
          ring.notYetDrained();
        }
        return ring;
      }
      turn = (turn + 1) % sockets.length;
    }
    return ring;
  }

  private void read(IcmpSocket socket) {
    if (socket.isPartlyRead() && !socket.mayFail()) {
      ring.receiveMore(socket.fd());
    } else if (socket.isReadable()) {
      ring.receive(state, socket.fd());
    }
    boolean mayCome = socket.stampKeys.arePending() || socket.tellsPendingErrors();
    if (!ring.isBroken() && (socket.doErrorsWait() || (mayCome && ring.count() > 0))) {
      notices.read(socket.fd(), socket.stampKeys);
      if (!socket.isReadable() && notices.count() == 0) {
        // An error of the socket itself, which a receive tells and clears: perhaps an ICMP error
        // that has just come, with packets behind it.
        ring.receive(state, socket.fd());
        if (ring.count() > 0) {
          notices.read(socket.fd(), socket.stampKeys);
        }
      }
    }
    if (ring.isEmpty()) {
      socket.mayFail(false);
    }
    if (notices.hasErrors()) {
      socket.mayFail(true);
    }
    drops += socket.overflow.since(socket.fd(), ring.overflow(), !ring.isDrained());
  }

  SendNotices notices() {
    return notices;
  }

  SendNotices moreNotices() {
    IcmpSocket socket = sockets[turn];
    if (notices.isFull() && socket.isOpen()) {
      notices.read(socket.fd(), socket.stampKeys);
      if (notices.hasErrors()) {
        socket.mayFail(true);
      }
    } else {
      notices.nothing();
    }
    return notices;
  }

  long drops() {
    return drops;
  }

  void reserve(int packetSize) {
    ring.close();
    ring = newRing(packetSize);
  }

  private ReceiveRing newRing(int packetSize) {
    boolean header = kind == SocketKind.RAW && family == IpFamily.IPV4;
    return new ReceiveRing(family, header, packetSize);
  }

  private IcmpSocket socketOf(SendBatch.Slot slot) {
    return kind == SocketKind.RAW ? sockets[0] : sockets[slot.identifierIndex()];
  }

  private boolean belongs(SendBatch.Slot first, SendBatch.Slot slot) {
    return socketOf(first) == socketOf(slot) && first.options().equals(slot.options());
  }

  private void shut() {
    for (IcmpSocket socket : sockets) {
      socket.shut();
    }
  }

  @Override
  public void close() {
    for (IcmpSocket socket : sockets) {
      socket.close();
    }
    notices.close();
    ring.close();
    arena.close();
  }
}
