package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.PathMtuDiscovery;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.wire.PayloadPattern;
import dev.pingcheck.plan.ProbePlan.PacketShape;

/**
 * What an echo request looks like and how it is sent. Requests that share one object go out
 * together.
 *
 * @param payloadSize octets behind the ICMP header, 16 to 65507
 * @param options how it is sent
 * @param pattern fills the payload behind what the engine itself needs of it
 * @param marked whether the requests' numbers bear the mark by which a capture knows them
 */
public record EchoShape(
    int payloadSize, SendOptions options, PayloadPattern pattern, boolean marked) {

  /** The same without the mark. */
  public EchoShape(int payloadSize, SendOptions options, PayloadPattern pattern) {
    this(payloadSize, options, pattern, false);
  }

  /** The same with the usual pattern. */
  public EchoShape(int payloadSize, SendOptions options) {
    this(payloadSize, options, PayloadPattern.COUNTING);
  }

  /** Below the code point are the two bits of ECN, which stay 0 (RFC 3168 section 5). */
  private static final int DSCP_SHIFT = 2;

  /** What a plan asks for. */
  static EchoShape of(PacketShape shape, boolean marked) {
    return new EchoShape(
        shape.payloadSize(),
        new SendOptions(
            shape.ttl(),
            shape.dscp() << DSCP_SHIFT,
            shape.dontFragment() ? PathMtuDiscovery.DO : PathMtuDiscovery.DONT,
            Origin.ANY),
        PayloadPattern.COUNTING,
        marked);
  }
}
