package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of a door, from their first octet on: it stands before TLS and HTTP/2. Whoever is
 * not let in within a time is closed, be it a handshake that hangs, somebody who speaks something
 * else, or a refused probe that stays.
 *
 * <p>Thread safe.
 */
@Sharable
final class Doorstep extends ChannelInboundHandlerAdapter {
  private static final double NANOS = 1e9;
  private static final int AT_ONCE_SECONDS = 2;

  private final DoorLimits limits;
  private final Runnable tooMany;
  private final Clock clock;
  private final Map<SocketAddress, Channel> all = new HashMap<>();

  /** When each became a stranger, the oldest first. */
  private final Map<SocketAddress, Long> strangers = new LinkedHashMap<>();

  /** How many more may come now, and when that was so. */
  private double allowance;

  private long allowedAt;

  Doorstep(DoorLimits limits, Runnable tooMany, Clock clock) {
    this.limits = limits;
    this.tooMany = tooMany;
    this.clock = clock;
    this.allowance = AT_ONCE_SECONDS * limits.perSecond();
    this.allowedAt = clock.nanoTime();
  }

  @Override
  public void channelRead(ChannelHandlerContext server, Object accepted) {
    Channel connection = (Channel) accepted;
    if (steppedOn(connection)) {
      server.fireChannelRead(accepted);
    } else {
      connection.unsafe().closeForcibly();
      tooMany.run();
    }
  }

  private synchronized boolean steppedOn(Channel connection) {
    SocketAddress peer = connection.remoteAddress();
    if (peer == null || all.size() >= limits.connections() || !isOneMoreAllowed()) {
      return false; // already gone, no room, or too fast
    }
    if (strangers.size() >= limits.strangers()) {
      sendAway(strangers.keySet().iterator().next());
      tooMany.run();
    }
    all.put(peer, connection);
    strangers.put(peer, clock.nanoTime());
    connection.closeFuture().addListener(closed -> gone(peer));
    return true;
  }

  private boolean isOneMoreAllowed() {
    long now = clock.nanoTime();
    double grown = allowance + (now - allowedAt) / NANOS * limits.perSecond();
    allowance = Math.min(grown, AT_ONCE_SECONDS * limits.perSecond());
    allowedAt = now;
    if (allowance < 1) {
      return false;
    }
    allowance--;
    return true;
  }

  private void sendAway(SocketAddress peer) {
    strangers.remove(peer);
    Channel connection = all.get(peer);
    if (connection != null) {
      hangUp(connection);
    }
  }

  /** Without the courtesy of HTTP/2, which would wait for open streams to end. */
  private static void hangUp(Channel connection) {
    ChannelHandlerContext atTheWire = connection.pipeline().firstContext();
    if (atTheWire == null) {
      connection.close();
    } else {
      atTheWire.close();
    }
  }

  private synchronized void gone(SocketAddress peer) {
    all.remove(peer);
    strangers.remove(peer);
  }

  /** A probe was let in over this connection. */
  synchronized void letIn(SocketAddress peer) {
    strangers.remove(peer);
  }

  /** Its stream has ended; the connection may begin another. */
  synchronized void letOut(SocketAddress peer) {
    if (all.containsKey(peer)) {
      strangers.putIfAbsent(peer, clock.nanoTime());
    }
  }

  /** Closes the connections of those who have been strangers for too long. */
  synchronized void sweep() {
    List<SocketAddress> tooLong = new ArrayList<>();
    for (Map.Entry<SocketAddress, Long> stranger : strangers.entrySet()) {
      if (clock.nanoTime() - stranger.getValue() < limits.patience().toNanos()) {
        break;
      }
      tooLong.add(stranger.getKey());
    }
    tooLong.forEach(this::sendAway);
  }

  synchronized int connections() {
    return all.size();
  }
}
