package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where probes on the network come in: a TCP port with TLS 1.3, open from {@link LinkServer#open}
 * to {@link #close}. A thread of its own moves its octets and shakes hands, so that however many
 * knock, the probe beside the operator is served.
 */
public final class NetworkDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NetworkDoor.class.getName());
  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final int BACKLOG = 1024;
  private static final int FLOW_WINDOW_BYTES = 64 << 10;

  /** Room for a token of several kilobytes. */
  private static final int MAX_HEADER_BYTES = 16 << 10;

  private static final int RESETS = 50;
  private static final int RESETS_SECONDS = 10;
  private static final long CLOSE_SECONDS = 1;

  private final LinkThread octets;
  private final LinkThread thread;
  private final Doorstep doorstep;
  private final DoorKeeper keeper;
  private final Server server;
  private volatile boolean closed;

  /**
   * What is decided elsewhere.
   *
   * @param port where it listens, on all addresses; 0: any free one
   * @param identity the certificate of the moment, asked for at each handshake
   * @param authenticator who lets probes in
   * @param refused hears of each that is not let in, on any thread
   */
  public record Settings(
      int port,
      Supplier<ServingIdentity> identity,
      ProbeAuthenticator authenticator,
      Consumer<RefusalReason> refused,
      DoorLimits limits) {}

  private NetworkDoor(
      Settings settings, BindableService service, LinkThread thread, LinkThread octets, Clock clock)
      throws IOException {
    this.thread = thread;
    this.octets = octets;
    this.doorstep =
        new Doorstep(
            settings.limits(), () -> settings.refused().accept(RefusalReason.TOO_MANY), clock);
    this.keeper = new DoorKeeper(settings, doorstep, thread, clock);
    this.server = server(settings, service);
  }

  /**
   * @param thread the link's, which the service belongs to
   */
  static NetworkDoor open(
      Settings settings, BindableService service, LinkThread thread, Clock clock)
      throws IOException {
    LinkThread octets = LinkThread.open("link-network");
    try {
      NetworkDoor door = new NetworkDoor(settings, service, thread, octets, clock);
      door.server.start();
      thread.execute(door::sweep);
      LOG.log(System.Logger.Level.INFO, () -> "Serving probes on TCP port " + door.port() + ".");
      return door;
    } catch (IOException refused) {
      octets.close();
      Throwable why = refused.getCause() == null ? refused : refused.getCause();
      throw new IOException(
          "TCP port " + settings.port() + " cannot be served (" + why.getMessage() + ").", refused);
    }
  }

  private Server server(Settings settings, BindableService service) throws IOException {
    long keepalive = LinkServer.KEEPALIVE.toMillis();
    return NettyServerBuilder.forAddress(new InetSocketAddress(settings.port()))
        .channelFactory(this::guarded)
        .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
        .bossEventLoopGroup(octets.group())
        .workerEventLoopGroup(octets.group())
        .executor(thread)
        .sslContext(tls(settings))
        .handshakeTimeout(settings.limits().patience().toMillis(), TimeUnit.MILLISECONDS)
        .maxConcurrentCallsPerConnection(1)
        .maxInboundMetadataSize(MAX_HEADER_BYTES)
        .maxInboundMessageSize(LinkServer.MAX_MESSAGE_BYTES)
        .initialFlowControlWindow(FLOW_WINDOW_BYTES)
        .maxRstFramesPerWindow(RESETS, RESETS_SECONDS)
        .keepAliveTime(keepalive, TimeUnit.MILLISECONDS)
        .keepAliveTimeout(keepalive, TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(keepalive / 2, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true)
        .intercept(keeper)
        .addService(service)
        .build();
  }

  private ServerChannel guarded() {
    EpollServerSocketChannel channel = new EpollServerSocketChannel();
    channel.pipeline().addLast(doorstep);
    return channel;
  }

  private static SslContext tls(Settings settings) throws IOException {
    return GrpcSslContexts.configure(
            SslContextBuilder.forServer(new ServingKeys(settings.identity())), SslProvider.JDK)
        .protocols("TLSv1.3")
        .build();
  }

  private void sweep() {
    if (!closed) {
      doorstep.sweep();
      keeper.sweep();
      thread.schedule(this::sweep, SWEEP);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  /** Connections that are open, let in or not. */
  public int connections() {
    return doorstep.connections();
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the streams that came in here and listens no more; the probes come again. */
  @Override
  public void close() {
    closed = true;
    thread.execute(() -> keeper.endAll("it is not served over the network any more"));
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
      // What ends streams on the link's thread has yet to write to this one.
      CountDownLatch ended = new CountDownLatch(1);
      thread.execute(ended::countDown);
      var unused = ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    octets.close();
  }
}
