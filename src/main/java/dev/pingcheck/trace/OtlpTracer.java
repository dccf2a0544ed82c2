package dev.pingcheck.trace;

import dev.pingcheck.clock.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends spans to an OTLP receiver in the background. Work never waits for it: what does not fit the
 * queue is dropped and counted.
 */
public final class OtlpTracer implements Tracer {
  private static final System.Logger LOG = System.getLogger(OtlpTracer.class.getName());
  private static final int MOST_WAITING = 2048;
  private static final int BATCH = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;

  private final OtlpReceiver receiver;
  private final Map<String, String> resource;
  private final Duration delay;
  private final Clock clock;
  private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadLocal<Deque<OpenSpan>> open = ThreadLocal.withInitial(ArrayDeque::new);
  private final Thread sender;
  private volatile boolean isClosed;
  private boolean isTroubled;

  /**
   * @param resource attributes of this process, such as {@code service.name}
   * @param delay how long a span may wait for others to be sent with
   */
  public OtlpTracer(
      OtlpReceiver receiver, Map<String, String> resource, Duration delay, Clock clock) {
    this.receiver = receiver;
    this.resource = resource;
    this.delay = delay;
    this.clock = clock;
    sender = Thread.ofPlatform().name("pingcheck-traces").daemon().start(this::sendAll);
  }

  @Override
  public Span begin(String name) {
    OpenSpan parent = open.get().peek();
    OpenSpan span = new OpenSpan(this, name, Optional.ofNullable(parent), clock.epochNanos());
    open.get().push(span);
    return span;
  }

  @Override
  public Span current() {
    OpenSpan innermost = open.get().peek();
    return innermost == null ? Span.NONE : innermost;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  /** How many spans were dropped, as the receiver was too slow or away. */
  public long dropped() {
    return dropped.get();
  }

  void ended(OpenSpan span) {
    open.get().remove(span);
    if (!waiting.offer(span.data(clock.epochNanos()))) {
      dropped.incrementAndGet();
    }
  }

  static String digits(int octets) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < octets / Long.BYTES; i++) {
      long any = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
      digits.append("%016x".formatted(any));
    }
    return digits.toString();
  }

  private void sendAll() {
    List<SpanData> batch = new ArrayList<>(BATCH);
    try {
      while (!isClosed || !waiting.isEmpty()) {
        SpanData first = waiting.poll(delay.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          if (!isClosed) {
            Thread.sleep(delay);
          }
          waiting.drainTo(batch, BATCH - 1);
          send(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<SpanData> batch) {
    try {
      int status = post(OtlpMessage.of(resource, batch));
      if (status >= OK && status < MULTIPLE_CHOICES) {
        isTroubled = false;
      } else {
        lost(batch, "it answers " + status);
      }
    } catch (IOException e) {
      lost(batch, String.valueOf(e.getMessage()));
    }
  }

  /** By the client of java.base: the image's Java has no other. */
  private int post(byte[] message) throws IOException {
    HttpURLConnection call = (HttpURLConnection) receiver.uri().toURL().openConnection();
    call.setConnectTimeout((int) PATIENCE.toMillis());
    call.setReadTimeout((int) PATIENCE.toMillis());
    call.setDoOutput(true);
    call.setFixedLengthStreamingMode(message.length);
    call.setRequestProperty("Content-Type", "application/x-protobuf");
    receiver.headers().forEach(call::setRequestProperty);
    try (OutputStream to = call.getOutputStream()) {
      to.write(message);
    }
    int status = call.getResponseCode();
    if (status < MULTIPLE_CHOICES) {
      call.getInputStream().close(); // read to its end, so that the connection is used again
    }
    return status;
  }

  /** Says so once until it is over: traces are no reason to fill a log. */
  private void lost(List<SpanData> batch, String why) {
    dropped.addAndGet(batch.size());
    if (!isTroubled) {
      isTroubled = true;
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "Spans are lost: " + receiver + " does not take them (" + why + ").");
    }
  }

  /** Sends what waits, for as long as one request may take. */
  @Override
  public void close() {
    isClosed = true;
    try {
      sender.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
