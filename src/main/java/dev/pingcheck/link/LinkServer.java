package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.proto.LinkGrpc;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.ProbeMessage;
import dev.pingcheck.plan.Interruption;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The operator's side of the link: serves probes over a Unix domain socket of mode 0660, and over
 * the network while a {@link NetworkDoor} is open; tells each the plans of the book and hands their
 * reports on. Any number of probes may be connected; each gets its share of the plans.
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
  private final ProbeWatch watch;
  private final Clock clock;
  private volatile Running running;
  private volatile EvidenceHandler evidence = EvidenceHandler.NONE;

  /** What lives from start to close. */
  private record Running(
      LinkThread thread,
      SocketFile socket,
      ProbeRegistry probes,
      Service service,
      Server server,
      List<NetworkDoor> doors) {}

  public LinkServer(Path socket, PlanBook book, ReportHandler handler, Clock clock) {
    this(socket, book, handler, ProbeWatch.NONE, clock);
  }

  /**
   * @param watch hears which probes come and go
   */
  public LinkServer(
      Path socket, PlanBook book, ReportHandler handler, ProbeWatch watch, Clock clock) {
    this.path = socket;
    this.book = book;
    this.handler = handler;
    this.watch = watch;
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
    Dispatch dispatch = new Dispatch(book, thread, clock, Dispatch.SETTLING);
    ProbeRegistry probes = new ProbeRegistry(handler, dispatch, thread, clock, watch);
    probes.evidence(evidence);
    Service service = new Service(thread, probes);
    Server server = server(thread, socket, service);
    running = new Running(thread, socket, probes, service, server, new ArrayList<>());
    try {
      server.start();
      socket.publish();
    } catch (IOException refused) {
      close();
      throw refused;
    }
    LOG.log(System.Logger.Level.INFO, () -> "Serving probes at " + path + ".");
  }

  /** Has that one take what probes send of bad rounds; to be said before the start. */
  public void evidence(EvidenceHandler handlerOfEvidence) {
    evidence = handlerOfEvidence;
  }

  /**
   * Asks a probe for the packets of a round.
   *
   * @param probe the name by which it goes in round ids
   * @return whether it is there; nothing if this is closed meanwhile
   */
  public CompletableFuture<Boolean> ask(String probe, EvidenceQuestion question) {
    Running now = running;
    if (now == null) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> isThere = new CompletableFuture<>();
    now.thread.execute(() -> isThere.complete(now.probes.ask(probe, question)));
    return isThere;
  }

  /**
   * Lets probes on the network in too, until the door or this is closed.
   *
   * @throws IOException with a sentence if the port cannot be had
   */
  public synchronized NetworkDoor open(NetworkDoor.Settings settings) throws IOException {
    if (running == null) {
      throw new IllegalStateException("The link is not started.");
    }
    NetworkDoor door = NetworkDoor.open(settings, running.service, running.thread, clock);
    running.doors.removeIf(NetworkDoor::isClosed);
    running.doors.add(door);
    return door;
  }

  private Server server(LinkThread thread, SocketFile socket, Service service) {
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
        .addService(service)
        .build();
  }

  /** How many probes have a stream open and have said who they are. */
  public int connectedProbes() {
    Running now = running;
    return now == null ? 0 : now.probes.connected();
  }

  /**
   * Waits until the probe beside this operator has ended, if it is ending too.
   *
   * @param toBegin for how long it may be silent about that
   * @param toEnd for how long it may take, from when it has said so
   * @return what the next probe has to make up for; empty if this one does not end
   */
  public Optional<Interruption> awaitFarewell(Duration toBegin, Duration toEnd)
      throws InterruptedException {
    Running now = running;
    return now == null
        ? Optional.empty()
        : now.probes.farewells().await(Roster.BESIDE, toBegin, toEnd, clock);
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
    ended.doors.forEach(NetworkDoor::close);
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
      ProbeSession session =
          new ProbeSession(
              (ServerCallStreamObserver<OperatorMessage>) toProbe,
              Placement.OF_CALL.get(),
              book,
              probes,
              thread);
      Guest.OF_CALL.get().ifPresent(guest -> guest.endsBy(session::end));
      return session;
    }
  }
}
