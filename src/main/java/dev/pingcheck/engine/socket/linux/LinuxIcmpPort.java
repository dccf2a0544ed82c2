package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SocketRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Raw sockets of Linux. Each packet is a system call of its own, so that its send time is its own;
 * the call around it costs a tenth of what the kernel does in it.
 */
public final class LinuxIcmpPort implements IcmpPort {
  private static final int FIRST_PACKET_SIZE = 2048;

  /** How long a whole batch may wait for buffers, in steps. */
  private static final int MOST_WAITS = 5;

  private static final long WAIT_NANOS = 500_000;

  private final LongSupplier nanoTime;
  private final RawSocket ipv4 = new RawSocket(IpFamily.IPV4);
  private final RawSocket ipv6 = new RawSocket(IpFamily.IPV6);
  private final Waiter waiter = new Waiter();
  private ReceiveRing ipv4Ring = new ReceiveRing(IpFamily.IPV4, FIRST_PACKET_SIZE);
  private ReceiveRing ipv6Ring = new ReceiveRing(IpFamily.IPV6, FIRST_PACKET_SIZE);
  private int packetSize = FIRST_PACKET_SIZE;

  private LinuxIcmpPort(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Opens a socket of each family that there is.
   *
   * @param nanoTime the monotonic time that marks sent packets
   */
  public static PortOpening open(LongSupplier nanoTime) {
    LinuxIcmpPort port = new LinuxIcmpPort(nanoTime);
    List<SocketRefusal> missing = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      port.reopen(family).ifPresent(missing::add);
    }
    if (missing.size() < IpFamily.values().length) {
      return new PortOpening.Opened(port, List.copyOf(missing));
    }
    port.close();
    return new PortOpening.Refused(List.copyOf(missing));
  }

  @Override
  public boolean isOpen(IpFamily family) {
    return socket(family).isOpen();
  }

  @Override
  public Optional<SocketRefusal> reopen(IpFamily family) {
    return socket(family).open();
  }

  @Override
  public void send(IpFamily family, SendBatch batch) {
    RawSocket socket = socket(family);
    int waits = 0;
    for (int i = 0; i < batch.count(); i++) {
      SendBatch.Slot slot = batch.slot(i);
      if (!socket.isOpen()) {
        slot.settle(socket.whileClosed(), nanoTime.getAsLong());
        continue;
      }
      int errno = socket.prepare(slot);
      long at = nanoTime.getAsLong();
      errno = errno == 0 ? socket.send(slot) : errno;
      while (Errno.isTransient(errno) && waits < MOST_WAITS) {
        waits++;
        LockSupport.parkNanos(WAIT_NANOS);
        at = nanoTime.getAsLong();
        errno = socket.send(slot);
      }
      slot.settle(RawSocket.outcome(errno), at);
    }
  }

  @Override
  public ReceivedPackets receive(IpFamily family) {
    return socket(family).receive(family == IpFamily.IPV4 ? ipv4Ring : ipv6Ring);
  }

  @Override
  public void reserve(int size) {
    if (size > packetSize) {
      packetSize = size;
      ipv4Ring.close();
      ipv6Ring.close();
      ipv4Ring = new ReceiveRing(IpFamily.IPV4, size);
      ipv6Ring = new ReceiveRing(IpFamily.IPV6, size);
    }
  }

  @Override
  public void await(long nanos) {
    waiter.await(ipv4.fd(), ipv6.fd(), nanos);
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
    ipv4Ring.close();
    ipv6Ring.close();
  }

  private RawSocket socket(IpFamily family) {
    return family == IpFamily.IPV4 ? ipv4 : ipv6;
  }
}
