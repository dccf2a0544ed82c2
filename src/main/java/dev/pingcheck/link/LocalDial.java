package dev.pingcheck.link;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Dials a Unix domain socket. */
final class LocalDial {
  private LocalDial() {}

  static Line dial(Path socket, LinkThread thread) {
    ManagedChannel channel =
        bounded(NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile())), thread)
            .channelType(EpollDomainSocketChannel.class)
            .offloadExecutor(thread)
            .overrideAuthority("pingcheck")
            .usePlaintext()
            .build();
    return new Line(channel, channel);
  }

  /** What holds for every line. */
  static NettyChannelBuilder bounded(NettyChannelBuilder line, LinkThread thread) {
    return line.eventLoopGroup(thread.group())
        .executor(thread)
        .proxyDetector(target -> null)
        .disableRetry()
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(LinkServer.MAX_MESSAGE_BYTES)
        .keepAliveTime(LinkServer.KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(LinkServer.KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
