package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.stats.RoundReport;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that break at any octet while plans change and reports flow. */
class LinkChaosTest {
  private static final String PROBE = "9f3c21aa";
  private static final int STEPS = 400;

  @TempDir Path folder;
  private final PlanBook book = new PlanBook(64);
  private final RecordingListener listener = new RecordingListener();
  private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());

  private static LinkClientLimits limits() {
    return new LinkClientLimits(
        10_000,
        8 << 20,
        64,
        new LinkClientLimits.Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyReportIsHandedOverOnceAndThePlansEndEqualToTheBook(long seed) throws Exception {
    Random random = new Random(seed);
    List<Runnable> held = Collections.synchronizedList(new ArrayList<>());
    ReportHandler handler =
        (report, safe) -> {
          handled.add(report.id().number());
          held.add(safe);
        };
    Path socket = folder.resolve("op.sock");
    Path cut = folder.resolve("cut.sock");
    try (LinkServer server = new LinkServer(socket, book, handler, Clock.system());
        CuttingRelay relay = new CuttingRelay(cut, socket, seed);
        LinkClient client = new LinkClient(cut, PROBE, listener, Clock.system(), limits())) {
      server.start();
      book.complete();
      client.start();
      long reports = 0;
      for (int step = 0; step < STEPS; step++) {
        reports = act(random, client, reports);
        drain(held, random.nextInt(20));
        if (random.nextInt(8) == 0) {
          relay.cutAll();
        }
      }
      relay.heal();
      long all = reports;
      await()
          .untilAsserted(() -> {
            drain(held, Integer.MAX_VALUE);
            assertThat(handled).hasSizeGreaterThanOrEqualTo((int) all);
            assertThat(listener.plans()).isEqualTo(Set.copyOf(book.plans()));
          });
      assertThat(handled)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
      assertThat(client.dropped()).isZero();
      assertThat(relay.cuts()).isGreaterThan(10);
    }
  }

  private long act(Random random, LinkClient client, long reports) throws InterruptedException {
    long next = reports;
    for (int burst = random.nextInt(10); burst > 0; burst--) {
      next++;
      client.report(Samples.report(PROBE, next));
    }
    for (int burst = random.nextInt(10); burst > 0; burst--) {
      int check = random.nextInt(200);
      if (random.nextInt(3) == 0) {
        book.remove("uid-" + check);
      } else {
        book.put(Samples.plan(check, random.nextInt(5)));
      }
    }
    if (random.nextInt(4) == 0) {
      Thread.sleep(random.nextInt(10));
    }
    return next;
  }

  private static void drain(List<Runnable> held, int most) {
    for (int left = most; left > 0 && !held.isEmpty(); left--) {
      held.removeFirst().run();
    }
  }

  @Test
  void anOperatorThatRestartsAtAnyMomentLosesNoReport() throws Exception {
    Path socket = folder.resolve("op.sock");
    Random random = new Random(7);
    Set<Long> saved = ConcurrentHashMap.newKeySet();
    ReportHandler forgetful =
        (RoundReport report, Runnable safe) -> {
          if (random.nextInt(3) > 0) {
            saved.add(report.id().number());
            safe.run();
          }
        };
    try (LinkClient client = new LinkClient(socket, PROBE, listener, Clock.system(), limits())) {
      client.start();
      long reports = 0;
      for (int life = 0; life < 15; life++) {
        PlanBook fresh = new PlanBook();
        fresh.put(Samples.plan(life));
        fresh.complete();
        try (LinkServer server = new LinkServer(socket, fresh, forgetful, Clock.system())) {
          server.start();
          for (int burst = 0; burst < 20; burst++) {
            reports++;
            client.report(Samples.report(PROBE, reports));
          }
          await().until(() -> listener.plans().equals(Set.copyOf(fresh.plans())));
        }
      }
      try (LinkServer last =
          new LinkServer(
              socket,
              book,
              (report, safe) -> {
                saved.add(report.id().number());
                safe.run();
              },
              Clock.system())) {
        last.start();
        await().until(() -> saved.size() == 300);
      }
    }
  }

  /** Passes octets between two sockets until told, or a random number of them is through. */
  private static final class CuttingRelay implements AutoCloseable {
    private final EventLoopGroup group = new EpollEventLoopGroup(1);
    private final Path target;
    private final Random random;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean healed;
    private volatile int cuts;

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
            cuts++;
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
      cuts += open.size();
      open.forEach(Channel::close);
    }

    void heal() {
      healed = true;
      open.forEach(Channel::close);
    }

    int cuts() {
      return cuts;
    }

    @Override
    public void close() {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
