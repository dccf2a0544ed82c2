package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.proto.LinkGrpc;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.ProbeMessage;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The operator's side of the link: serves probes over a Unix domain socket of mode 0660, tells each
 * the plans of the book and hands their reports on. Any number of probes may be connected; each
 * gets all plans.
 *
 * <p>What a probe does not take in time is not queued: it gets a fresh snapshot when it is ready.
 */
public final class LinkServer implements AutoCloseable {
  /** Reports of one probe that may wait to be called safe; the probe holds the others back. */
  public static final int REPORTS_IN_FLIGHT = 1024;

  /** The longest message either way, in octets. */
  static final int MAX_MESSAGE_BYTES = 1 << 20;

  /** A silent peer is asked after ten seconds and given up ten seconds later. */
  static final Duration KEEPALIVE = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(LinkServer.class.getName());
  private static final long CLOSE_SECONDS = 1;

  private final Path path;
  private final PlanBook book;
  private final ReportHandler handler;
  private final Clock clock;
  private volatile Running running;

  /** What lives from start to close. */
  private record Running(
      LinkThread thread, SocketFile socket, ProbeRegistry probes, Server server) {}

  public LinkServer(Path socket, PlanBook book, ReportHandler handler, Clock clock) {
    this.path = socket;
    this.book = book;
    this.handler = handler;
    this.clock = clock;
  }

  /**
   * Begins to serve.
   *
   * @throws IOException with a sentence if the socket cannot be had
   */
  public synchronized void start() throws IOException {
    if (running != null) {
      throw new IllegalStateException("The link was started already.");
    }
    LinkThread thread = LinkThread.open("link-server");
    SocketFile socket;
    try {
      socket = SocketFile.claim(path);
    } catch (IOException refused) {
      thread.close();
      throw refused;
    }
    ProbeRegistry probes = new ProbeRegistry(handler, thread, clock);
    Server server = server(thread, socket, probes);
    running = new Running(thread, socket, probes, server);
    try {
      server.start();
      socket.publish();
    } catch (IOException refused) {
      close();
      throw refused;
    }
    LOG.log(System.Logger.Level.INFO, () -> "Serving probes at " + path + ".");
  }

  private Server server(LinkThread thread, SocketFile socket, ProbeRegistry probes) {
    return NettyServerBuilder.forAddress(new DomainSocketAddress(socket.bindPath().toFile()))
        .channelType(EpollServerDomainSocketChannel.class)
        .bossEventLoopGroup(thread.group())
        .workerEventLoopGroup(thread.group())
        .executor(thread)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(KEEPALIVE.toMillis() / 2, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(new Service(thread, probes))
        .build();
  }

  /** How many probes have a stream open and have said who they are. */
  public int connectedProbes() {
    Running now = running;
    return now == null ? 0 : now.probes.connected();
  }

  /** Ends all streams, removes the socket and returns; the probes go on and come again. */
  @Override
  public synchronized void close() {
    Running ended = running;
    if (ended == null) {
      return;
    }
    running = null;
    ended.thread.execute(ended.probes::endAll);
    ended.server.shutdown();
    try {
      if (!ended.server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        ended.server.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    ended.thread.close();
    try {
      ended.socket.close();
    } catch (IOException left) {
      LOG.log(System.Logger.Level.WARNING, "The socket " + path + " could not be removed.", left);
    }
  }

  /** Opens a session for each stream. */
  private final class Service extends LinkGrpc.LinkImplBase {
    private final LinkThread thread;
    private final ProbeRegistry probes;

    Service(LinkThread thread, ProbeRegistry probes) {
      this.thread = thread;
      this.probes = probes;
    }

    @Override
    public StreamObserver<ProbeMessage> connect(StreamObserver<OperatorMessage> toProbe) {
      return new ProbeSession(
          (ServerCallStreamObserver<OperatorMessage>) toProbe, book, probes, thread);
    }
  }
}
