package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.proto.LinkGrpc;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.ProbeMessage;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The operator's side of the link as it is, but for who lets probes in: each placement has a socket
 * of its own, and whoever dials that one stands there.
 */
public final class PlacedLink implements AutoCloseable {
  private final Path folder;
  private final PlanBook book;
  private final LinkThread thread;
  private final ProbeRegistry probes;
  private final Map<Placement, Server> servers = new HashMap<>();

  public PlacedLink(
      Path folder, PlanBook book, ReportHandler handler, Clock clock, Duration settling)
      throws IOException {
    this.folder = folder;
    this.book = book;
    thread = LinkThread.open("placed-link");
    probes = new ProbeRegistry(handler, new Dispatch(book, thread, clock, settling), thread, clock);
  }

  /** Where probes dial that stand there. */
  public Path socket(Placement placement) throws IOException {
    Path path = folder.resolve(Integer.toHexString(placement.hashCode()) + ".sock");
    if (!servers.containsKey(placement)) {
      servers.put(placement, server(path, placement).start());
    }
    return path;
  }

  public int connected() {
    return probes.connected();
  }

  private Server server(Path path, Placement placement) {
    return NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
        .channelType(EpollServerDomainSocketChannel.class)
        .bossEventLoopGroup(thread.group())
        .workerEventLoopGroup(thread.group())
        .executor(thread)
        .permitKeepAliveTime(1, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .intercept(new Placing(placement))
        .addService(new Service())
        .build();
  }

  @Override
  public void close() throws InterruptedException {
    thread.execute(probes::endAll);
    for (Server server : servers.values()) {
      server.shutdownNow().awaitTermination(2, TimeUnit.SECONDS);
    }
    thread.close();
  }

  private record Placing(Placement placement) implements ServerInterceptor {
    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
      Context placed = Context.current().withValue(Placement.OF_CALL, placement);
      return Contexts.interceptCall(placed, call, headers, next);
    }
  }

  private final class Service extends LinkGrpc.LinkImplBase {
    @Override
    public StreamObserver<ProbeMessage> connect(StreamObserver<OperatorMessage> toProbe) {
      return new ProbeSession(
          (ServerCallStreamObserver<OperatorMessage>) toProbe,
          Placement.OF_CALL.get(),
          book,
          probes,
          thread);
    }
  }
}
