package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.stats.RoundReport;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The probe's side of the link: dials the operator for ever, learns the plans, and sends reports
 * until they are acknowledged. Without an operator the probe goes on with its last plans for a
 * bounded time and keeps a bounded number of reports.
 */
public final class LinkClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LinkClient.class.getName());
  private static final Duration ORPHAN_CHECK = Duration.ofMillis(500);

  private final Path path;
  private final String probe;
  private final PlanListener listener;
  private final Clock clock;
  private final LinkClientLimits limits;
  private final ReportBuffer buffer;
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile Connection current;
  private volatile boolean connected;
  private LinkThread thread;
  private Runnable reportsWaiting = () -> {};
  // All below belong to the link's thread.
  private boolean closing;
  private boolean hasPlans;
  private boolean upToDate;
  private long plansAloneSince;
  private int failures;
  private String lastFailure = "";

  /**
   * @param probeName what this probe calls itself: the same as in its reports' round ids
   */
  public LinkClient(
      Path socket, String probeName, PlanListener listener, Clock clock, LinkClientLimits limits) {
    this.path = socket;
    this.probe = probeName;
    this.listener = listener;
    this.clock = clock;
    this.limits = limits;
    this.buffer = new ReportBuffer(limits);
  }

  /**
   * Begins to dial. That nobody serves the socket yet is normal.
   *
   * @throws UncheckedIOException with a sentence if the path cannot be a socket's or the native
   *     transport is missing
   */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("The link was started already.");
    }
    try {
      SocketFile.checkLength(path);
      thread = LinkThread.open("link-client");
    } catch (IOException refused) {
      throw new UncheckedIOException(refused.getMessage(), refused);
    }
    reportsWaiting = thread.coalesce(this::send);
    thread.execute(this::connect);
    thread.schedule(this::checkOrphaned, ORPHAN_CHECK);
  }

  /** Queues a report; any thread, never waits. */
  public void report(RoundReport report) {
    buffer.add(ReportMessages.encode(report));
    reportsWaiting.run();
  }

  /** Reports dropped since the start because the buffer was full. */
  public long dropped() {
    return buffer.dropped();
  }

  /** Whether an operator has answered and the stream to it is open. */
  public boolean connected() {
    return connected;
  }

  /** Sends what is buffered while there is an operator, for a bounded time, and ends. */
  @Override
  public synchronized void close() {
    if (thread == null || thread.group().isShuttingDown()) {
      return;
    }
    thread.execute(() -> {
      closing = true;
      finishIfDrained();
    });
    try {
      var unused = drained.await(limits.farewell().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!buffer.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "Reports that the operator did not take before the end: " + buffer.size() + ".");
    }
    thread.execute(this::hangUp);
    thread.close();
  }

  private void hangUp() {
    Connection open = current;
    if (open != null) {
      open.stream.complete();
      open.channel.shutdown();
    }
  }

  private void finishIfDrained() {
    if (closing && (buffer.isEmpty() || !connected)) {
      drained.countDown();
    }
  }

  private void send() {
    Connection open = current;
    if (open != null) {
      open.stream.send();
    }
  }

  private void connect() {
    if (!closing) {
      Connection next = new Connection();
      current = next;
      next.stream.open(next.channel, probe);
    }
  }

  private ManagedChannel channel() {
    return NettyChannelBuilder.forAddress(new DomainSocketAddress(path.toFile()))
        .channelType(EpollDomainSocketChannel.class)
        .eventLoopGroup(thread.group())
        .executor(thread)
        .offloadExecutor(thread)
        .proxyDetector(target -> null)
        .overrideAuthority("pingcheck")
        .usePlaintext()
        .disableRetry()
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(LinkServer.MAX_MESSAGE_BYTES)
        .keepAliveTime(LinkServer.KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(LinkServer.KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  private void retryLater(String reason) {
    if (closing) {
      connected = false;
      finishIfDrained();
      return;
    }
    if (connected) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "Lost the operator at " + path + " (" + reason + "); going on with its plans.");
    } else if (!reason.equals(lastFailure)) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "Waiting for the operator at " + path + " (" + reason + ").");
    }
    lastFailure = reason;
    connected = false;
    if (upToDate) {
      upToDate = false;
      plansAloneSince = clock.nanoTime();
    }
    failures++;
    thread.schedule(
        this::connect, limits.backoff().after(failures, ThreadLocalRandom.current().nextDouble()));
  }

  private void checkOrphaned() {
    boolean tooLong = clock.nanoTime() - plansAloneSince >= limits.orphanedFor().toNanos();
    if (hasPlans && !upToDate && tooLong) {
      hasPlans = false;
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "No operator for " + limits.orphanedFor() + "; all checks are suspended.");
      listener.snapshot(List.of());
    }
    thread.schedule(this::checkOrphaned, ORPHAN_CHECK);
  }

  /** One attempt and what becomes of it. */
  private final class Connection implements OperatorStream.Events {
    private final ManagedChannel channel = channel();
    private final OperatorStream stream = new OperatorStream(buffer, this);

    @Override
    public void welcomed() {
      connected = true;
      lastFailure = "";
      LOG.log(System.Logger.Level.INFO, () -> "Connected to the operator at " + path + ".");
    }

    @Override
    public void snapshot(Collection<ProbePlan> plans) {
      upToDate = true;
      hasPlans = true;
      failures = 0;
      LOG.log(System.Logger.Level.INFO, () -> "The operator asks for " + plans.size() + " checks.");
      listener.snapshot(plans);
    }

    @Override
    public void put(ProbePlan plan) {
      listener.put(plan);
    }

    @Override
    public void removed(String uid) {
      listener.removed(uid);
    }

    @Override
    public void acknowledged() {
      finishIfDrained();
    }

    @Override
    public void ended(String reason) {
      current = null;
      channel.shutdownNow();
      retryLater(reason);
    }
  }
}
