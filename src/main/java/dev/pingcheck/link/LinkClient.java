package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.ProbeHealth;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The probe's side of the link: dials the operator for ever, learns the plans, and sends reports
 * until they are acknowledged. Without an operator the probe goes on with its last plans for a
 * bounded time and keeps a bounded number of reports.
 */
public final class LinkClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LinkClient.class.getName());
  private static final Duration ALONE_CHECK = Duration.ofMillis(500);
  private static final Duration HEALTH_EVERY = Duration.ofSeconds(10);

  private final OperatorAddress address;
  private final String probe;
  private final LinkClientLimits limits;
  private final ReportBuffer buffer;
  private final EvidenceOutbox outbox = new EvidenceOutbox();
  private final Parting parting = new Parting();
  private final FollowedPlans plans;
  private volatile Connection current;
  private final Contact contact;
  private LinkThread thread;
  private Runnable reportsWaiting = () -> {};
  private Optional<Supplier<EngineHealth>> engine = Optional.empty();
  // All below belong to the link's thread.
  private int failures;

  /**
   * @param address where the operator is
   * @param probeName what this probe calls itself: the same as in its reports' round ids
   */
  public LinkClient(
      OperatorAddress address,
      String probeName,
      PlanListener listener,
      Clock clock,
      LinkClientLimits limits) {
    this.address = address;
    this.probe = probeName;
    this.limits = limits;
    this.buffer = new ReportBuffer(limits);
    this.contact = new Contact(address);
    this.plans = new FollowedPlans(listener, parting, limits.orphanedFor(), clock);
  }

  /** Of a probe beside its operator. */
  public LinkClient(
      Path socket, String probeName, PlanListener listener, Clock clock, LinkClientLimits limits) {
    this(new OperatorAddress.Beside(socket), probeName, listener, clock, limits);
  }

  /** Has the operator told how the engine is; to be called before the start. */
  public LinkClient tellingOf(Supplier<EngineHealth> engine) {
    this.engine = Optional.of(engine);
    return this;
  }

  /**
   * Begins to dial. That nobody answers yet is normal.
   *
   * @throws UncheckedIOException with a sentence if the path cannot be a socket's or the native
   *     transport is missing
   */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("The link was started already.");
    }
    try {
      address.check();
      thread = LinkThread.open("link-client");
    } catch (IOException refused) {
      throw new UncheckedIOException(refused.getMessage(), refused);
    }
    reportsWaiting = thread.coalesce(this::send);
    thread.execute(this::connect);
    thread.schedule(this::checkAlone, ALONE_CHECK);
    thread.schedule(this::tellHealthAgain, HEALTH_EVERY);
  }

  /** Queues a report; any thread, never waits. */
  public void report(RoundReport report) {
    buffer.add(ReportMessages.encode(report));
    reportsWaiting.run();
  }

  /**
   * Tells the operator that this probe ends, so that others take over; what the operator asks for
   * from now on is not heard. Reports still go.
   *
   * @param begunUntil rounds that were due by then have begun; no later one begins
   */
  public void leave(Instant begunUntil) {
    parting.leave(begunUntil);
    thread.execute(this::sayFarewell);
  }

  /** All rounds that have begun are ended and reported; to be said before the end. */
  public void allTold() {
    parting.allEnded();
  }

  private void sayFarewell() {
    Connection open = current;
    if (open != null) {
      parting.words(buffer.isEmpty()).ifPresent(open.stream::farewell);
    }
  }

  /** Answers a question with a pcapng file; any thread, never waits. */
  public void answer(EvidenceQuestion question, byte[] file) {
    outbox.add(question, file);
    reportsWaiting.run();
  }

  /** Answers a question with a phrase that says why there is no file. */
  public void answerMissing(EvidenceQuestion question, String why) {
    outbox.addMissing(question, why);
    reportsWaiting.run();
  }

  /** Tells what a capture has counted; any thread, never waits. */
  public void tell(CaptureFigures figures) {
    outbox.put(figures);
    reportsWaiting.run();
  }

  /** Reports dropped since the start because the buffer was full. */
  public long dropped() {
    return buffer.dropped();
  }

  /** Whether an operator has answered and the stream to it is open. */
  public boolean connected() {
    return contact.exists();
  }

  /** Why there is no operator at the moment; empty if there is. */
  String lastFailure() {
    return contact.trouble();
  }

  /**
   * Sends what is buffered and ends, after a bounded time at most. Without an operator it waits for
   * one only where one may still come.
   */
  @Override
  public synchronized void close() {
    if (thread == null || thread.group().isShuttingDown()) {
      return;
    }
    thread.execute(() -> {
      parting.closing();
      var unused = finishIfDone();
    });
    parting.await(limits.farewell());
    if (!buffer.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "Reports that the operator did not take before the end: " + buffer.size() + ".");
    }
    thread.execute(() -> {
      sayFarewell();
      hangUp();
    });
    thread.close();
  }

  private void hangUp() {
    Connection open = current;
    if (open != null) {
      open.hangUp();
    }
  }

  private boolean finishIfDone() {
    boolean isHopeless = !contact.exists() && !address.outlivesTheProbe();
    return parting.endIf(buffer.isEmpty() || isHopeless);
  }

  private void send() {
    Connection open = current;
    if (open != null) {
      open.stream.send();
    }
  }

  private void tellHealthAgain() {
    tellHealth();
    thread.schedule(this::tellHealthAgain, HEALTH_EVERY);
  }

  private void tellHealth() {
    Connection open = current;
    if (open != null) {
      engine.ifPresent(health ->
          open.stream.tell(new ProbeHealth(health.get(), buffer.dropped(), buffer.size())));
    }
  }

  private void connect() {
    if (finishIfDone()) {
      return;
    }
    try {
      Connection next = new Connection(address.dial(thread));
      current = next;
      next.stream.open(next.line.calls(), probe);
      address.patience().ifPresent(limit -> thread.schedule(() -> next.giveUp(limit), limit));
    } catch (IOException refused) {
      retryLater(refused.getMessage());
    }
  }

  private void retryLater(String reason) {
    boolean hadOperator = plans.leftAlone(); // before anybody sees that it is gone
    if (parting.isClosing()) {
      contact.ended();
    } else {
      contact.lost(reason);
    }
    if (finishIfDone()) {
      return;
    }
    failures = hadOperator ? 1 : failures + 1;
    thread.schedule(
        this::connect, limits.backoff().after(failures, ThreadLocalRandom.current().nextDouble()));
  }

  private void checkAlone() {
    plans.checkAlone();
    thread.schedule(this::checkAlone, ALONE_CHECK);
  }

  /** One attempt and what becomes of it. */
  private final class Connection implements OperatorStream.Events {
    private final Line line;
    private final OperatorStream stream;
    private boolean welcomed;

    Connection(Line line) {
      this.line = line;
      outbox.clear();
      this.stream = new OperatorStream(buffer, outbox, address::failure, plans, this);
    }

    void giveUp(Duration limit) {
      if (!welcomed) {
        stream.abort("no answer within " + limit.toSeconds() + " s");
      }
    }

    void hangUp() {
      stream.complete();
      if (welcomed) {
        line.channel().shutdown();
      } else {
        line.channel().shutdownNow();
      }
    }

    @Override
    public void welcomed() {
      welcomed = true;
      contact.made();
      sayFarewell(); // if it was said to an operator that has gone since
      tellHealth();
    }

    @Override
    public void acknowledged() {
      var unused = finishIfDone();
    }

    @Override
    public void ended(String reason) {
      current = null;
      line.channel().shutdownNow();
      retryLater(reason);
    }
  }
}
