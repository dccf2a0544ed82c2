package dev.pingcheck.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes octets between two sockets until told, or a random number of them is through. */
final class CuttingRelay implements AutoCloseable {
  private final EventLoopGroup group = new EpollEventLoopGroup(1);
  private final Path target;
  private final Random random;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean healed;
  private final AtomicInteger cuts = new AtomicInteger();

  CuttingRelay(Path listen, Path target, long seed) {
    this.target = target;
    this.random = new Random(seed);
    new ServerBootstrap()
        .group(group)
        .channel(EpollServerDomainSocketChannel.class)
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel near) {
                join(near);
              }
            })
        .bind(new DomainSocketAddress(listen.toFile()))
        .syncUninterruptibly();
  }

  private void join(Channel near) {
    int budget = healed ? Integer.MAX_VALUE : 1 + random.nextInt(20_000);
    int[] left = {budget};
    open.add(near);
    new Bootstrap()
        .group(group)
        .channel(EpollDomainSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel far) {
                far.pipeline().addLast(pipe(near, left));
                near.pipeline().addLast(pipe(far, left));
              }
            })
        .connect(new DomainSocketAddress(target.toFile()))
        .addListener(connected -> {
          if (connected.isSuccess()) {
            near.config().setAutoRead(true);
          } else {
            near.close();
          }
        });
  }

  private ChannelInboundHandlerAdapter pipe(Channel to, int[] left) {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext from, Object octets) {
        var buffer = (ByteBuf) octets;
        int through = Math.min(buffer.readableBytes(), left[0]);
        left[0] -= through;
        to.writeAndFlush(buffer.readSlice(through).retain());
        buffer.release();
        if (left[0] == 0) {
          cuts.incrementAndGet();
          from.close();
          to.close();
        }
      }

      @Override
      public void channelInactive(ChannelHandlerContext from) {
        open.remove(from.channel());
        to.close();
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext from, Throwable broken) {
        from.close();
      }
    };
  }

  void cutAll() {
    cuts.addAndGet(open.size());
    open.forEach(Channel::close);
  }

  void heal() {
    healed = true;
    open.forEach(Channel::close);
  }

  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
