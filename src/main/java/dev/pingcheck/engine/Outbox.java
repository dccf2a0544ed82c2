package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.engine.wire.EchoRequest;
import dev.pingcheck.engine.wire.IcmpVersion;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** The echo requests of one family that go out together. */
final class Outbox {
  private static final int CAPACITY = SendBatch.MOST_PACKETS;

  private final IpFamily family;
  private final SendBatch batch = new SendBatch(CAPACITY);
  private final Echo[] echoes = new Echo[CAPACITY];
  private final EchoRequest[] requests = new EchoRequest[CAPACITY];
  private final MemorySegment[] buffers = new MemorySegment[CAPACITY];

  Outbox(IpFamily family) {
    this.family = family;
  }

  boolean isFull() {
    return batch.isFull();
  }

  int count() {
    return batch.count();
  }

  Echo echo(int index) {
    return echoes[index];
  }

  SendBatch.Slot slot(int index) {
    return batch.slot(index);
  }

  /** Writes the request that {@code echo} stands for. */
  void add(Echo echo, EchoShape shape, long cookie) {
    int index = batch.count();
    SendBatch.Slot slot = batch.add(EchoFormat.HEADER_SIZE + shape.payloadSize());
    slot.address(echo.peer, shape.options(), echo.identifierIndex, echo.number);
    echoes[index] = echo;
    if (!Objects.equals(buffers[index], slot.buffer())) {
      buffers[index] = slot.buffer();
      requests[index] = new EchoRequest(slot.buffer());
    }
    EchoRequest request = requests[index];
    IcmpVersion version = family == IpFamily.IPV4 ? IcmpVersion.ICMPV4 : IcmpVersion.ICMPV6;
    request.fill(shape.pattern());
    int size =
        request.write(
            version, echo.identifier, echo.sequence, echo.number, cookie, shape.payloadSize());
    if (family == IpFamily.IPV4) {
      request.seal(size);
    }
  }

  void send(IcmpPort port, boolean stamped) {
    port.send(family, batch, stamped);
  }

  void clear() {
    batch.clear();
  }
}
