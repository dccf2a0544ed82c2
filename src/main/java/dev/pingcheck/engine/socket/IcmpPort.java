package dev.pingcheck.engine.socket;

import java.util.Optional;

/**
 * The ICMP sockets of a process, of one kind, for each family. Nothing blocks but {@link #await}.
 * All calls come from one thread, save {@link #wakeUp}.
 *
 * <p>Echo identifiers are the port's: it lets in what bears one of them, and nothing else. A
 * family's identifiers are numbered from 0; which one stands at an index changes with {@link
 * #reopen} alone.
 */
public interface IcmpPort extends AutoCloseable {

  /** The kind of the sockets. */
  SocketKind kind();

  /** How many identifiers a family has: a power of two, the same for both, never changing. */
  int identifiers();

  /**
   * The identifier at an index.
   *
   * @param index 0 to below {@link #identifiers}
   * @return 0 to 65535; -1 while the family is not open
   */
  int identifier(IpFamily family, int index);

  /** The index of an identifier, or -1 if it is none of ours. */
  int indexOf(IpFamily family, int identifier);

  /** Whether packets of that family can be sent and received. */
  boolean isOpen(IpFamily family);

  /**
   * Opens a family's sockets anew, and closes the old ones first.
   *
   * @return empty if they are open now, else why not
   */
  Optional<SocketRefusal> reopen(IpFamily family);

  /**
   * Sends all packets of the batch and settles each of its slots.
   *
   * @param stamped whether the kernel shall tell by {@link #notices} when each of them leaves
   */
  void send(IpFamily family, SendBatch batch, boolean stamped);

  /**
   * Takes what waited in a socket at the last {@link #await}, as much as one call can, and behind
   * it the notices: of whatever an answer is among the packets, the stamp is among these notices or
   * earlier ones.
   */
  ReceivedPackets receive(IpFamily family);

  /** The notices that came with the last {@link #receive} of that family. */
  SendNotices notices(IpFamily family);

  /** The notices behind those, of the same socket; none if there are no more. */
  SendNotices moreNotices(IpFamily family);

  /** Packets of that family that found no room in the socket, since its first opening. */
  long drops(IpFamily family);

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
