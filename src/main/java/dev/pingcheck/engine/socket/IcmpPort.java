package dev.pingcheck.engine.socket;

import java.util.Optional;

/**
 * The ICMP sockets of a process, one a family. Nothing blocks but {@link #await}. All calls come
 * from one thread, save {@link #wakeUp}.
 */
public interface IcmpPort extends AutoCloseable {

  /** Whether packets of that family can be sent and received. */
  boolean isOpen(IpFamily family);

  /**
   * Opens a family's socket anew, and closes the old one first.
   *
   * @return empty if it is open now, else why not
   */
  Optional<SocketRefusal> reopen(IpFamily family);

  /** Sends all packets of the batch and settles each of its slots. */
  void send(IpFamily family, SendBatch batch);

  /** Takes what waits in the socket, as much as one call can. */
  ReceivedPackets receive(IpFamily family);

  /** Makes room for packets of that many octets, IP header included; room never shrinks. */
  void reserve(int packetSize);

  /**
   * Waits until a packet waits in a socket, {@link #wakeUp} is called (also before), or the time
   * has passed.
   *
   * @param nanos at least 0; 0 looks without waiting
   */
  void await(long nanos);

  /** Ends {@link #await}, from any thread; does nothing after {@link #close}. */
  void wakeUp();

  @Override
  void close();
}
