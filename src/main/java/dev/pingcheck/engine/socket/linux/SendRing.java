package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.SendBatch;
import java.lang.foreign.MemorySegment;

/**
 * The structures of sendmmsg for one batch. The control messages of a packet stand in this order,
 * so that each combination is in one piece: the number of its stamp, the wish for a stamp, and
 * where it starts.
 */
final class SendRing implements AutoCloseable {
  private static final int NUMBER_SPACE = Cmsg.space(Integer.BYTES);
  private static final int WISH_SPACE = Cmsg.space(Integer.BYTES);
  private static final int ORIGIN_AT = NUMBER_SPACE + WISH_SPACE;

  /** struct in_pktinfo: interface, local address, header's address. */
  private static final int IPV4_ORIGIN_SIZE = 12;

  /** struct in6_pktinfo: address, interface. */
  private static final int IPV6_ORIGIN_SIZE = 20;

  private static final int IPV6_INTERFACE = 16;
  private static final int CONTROL_ROOM = ORIGIN_AT + Cmsg.space(IPV6_ORIGIN_SIZE);

  private final IpFamily family;
  private final MessageSlots slots = new MessageSlots(SendBatch.MOST_PACKETS, CONTROL_ROOM);

  SendRing(IpFamily family) {
    this.family = family;
    for (int i = 0; i < SendBatch.MOST_PACKETS; i++) {
      SocketName.head(family, slots.names, slots.nameAt(i));
      slots.nameLength(i, SocketName.size(family));
      long at = slots.controlAt(i);
      MemorySegment controls = slots.controls;
      Cmsg.head(controls, at, SocketOptions.SOL_SOCKET, SocketOptions.SCM_TS_OPT_ID, Integer.BYTES);
      long wish = at + NUMBER_SPACE;
      int type = SocketOptions.SO_TIMESTAMPING;
      Cmsg.head(controls, wish, SocketOptions.SOL_SOCKET, type, Integer.BYTES);
      controls.set(JAVA_INT, wish + Cmsg.HEADER, SocketOptions.TIMESTAMPING_TX_SOFTWARE);
    }
  }

  /**
   * Prepares one message.
   *
   * @param stamped whether it asks for a stamp
   * @param numbered whether it names its stamp's number
   */
  void fill(int index, SendBatch.Slot slot, boolean stamped, boolean numbered) {
    SocketName.address(family, slots.names, slots.nameAt(index), slot.peer());
    slots.vector(index, slot.buffer().address(), slot.size());
    int from = ORIGIN_AT;
    if (stamped) {
      from = numbered ? 0 : NUMBER_SPACE;
      slots.controls.set(JAVA_INT, slots.controlAt(index) + Cmsg.HEADER, (int) slot.key());
    }
    Origin origin = slot.options().origin();
    int to = origin.isAny() ? ORIGIN_AT : ORIGIN_AT + writeOrigin(index, origin);
    slots.control(index, from, to - from);
  }

  /**
   * Sends prepared messages.
   *
   * @return how many were sent, or -1
   */
  int send(int fd, int from, int to) {
    return slots.send(fd, from, to);
  }

  /** The same; errno is left in {@code state} if it is -1. */
  int send(MemorySegment state, int fd, int from, int to) {
    return slots.send(state, fd, from, to);
  }

  private int writeOrigin(int index, Origin origin) {
    long at = slots.controlAt(index) + ORIGIN_AT;
    long data = at + Cmsg.HEADER;
    MemorySegment controls = slots.controls;
    Peer source = origin.source().orElse(null);
    if (family == IpFamily.IPV4) {
      int type = SocketOptions.IP_PKTINFO;
      Cmsg.head(controls, at, SocketOptions.SOL_IP, type, IPV4_ORIGIN_SIZE);
      controls.set(JAVA_INT, data, origin.interfaceIndex());
      controls.set(Structs.NET_INT, data + 4, source == null ? 0 : (int) source.low());
      controls.set(JAVA_INT, data + 8, 0);
      return Cmsg.space(IPV4_ORIGIN_SIZE);
    }
    Cmsg.head(controls, at, SocketOptions.SOL_IPV6, SocketOptions.IPV6_PKTINFO, IPV6_ORIGIN_SIZE);
    controls.set(Structs.NET_LONG, data, source == null ? 0 : source.high());
    controls.set(Structs.NET_LONG, data + Long.BYTES, source == null ? 0 : source.low());
    controls.set(JAVA_INT, data + IPV6_INTERFACE, origin.interfaceIndex());
    return Cmsg.space(IPV6_ORIGIN_SIZE);
  }

  @Override
  public void close() {
    slots.close();
  }
}
