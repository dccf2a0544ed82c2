package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.AnswerCache.Asked;
import dev.pingcheck.stats.Resolution;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Resolves as the machine's own files say: literals, the hosts file, then DNS. Answers are good as
 * long as their time to live says, within five seconds and five minutes. When no server answers,
 * the last known addresses are given with their age; that a name or an address does not exist is an
 * answer.
 *
 * <p>{@code ANY} is the family of the address that RFC 6724 prefers at first, so a host without
 * IPv6 route gets IPv4. If only one family of a name could be looked up and the other was never
 * known, the one is the answer.
 *
 * <p>Literals, and names that were looked up within the last minute, are answered at once and cost
 * no system call; so nobody waits for a server who prepares. All else, files and sockets, is done
 * by a thread of the resolver. It looks at the files before each lookup, and once a second for the
 * sake of the answers that are given without one.
 */
public final class DnsNameResolver implements NameResolver {
  private static final String CLOSED = "The resolver was closed.";

  /** Files may change unnoticed so long. */
  private static final Duration UNNOTICED = Duration.ofSeconds(1);

  private final Clock clock;
  private final NameLookup lookup;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pingcheck-resolve").daemon().factory());
  private volatile boolean closed;

  public DnsNameResolver(ResolverFiles files, Clock clock) {
    this.clock = clock;
    lookup = new NameLookup(files, clock);
    worker.scheduleWithFixedDelay(
        lookup::tidy, UNNOTICED.toNanos(), UNNOTICED.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void resolve(String hostname, IpFamilies families, Consumer<Answer> callback) {
    if (closed) {
      callback.accept(failed(CLOSED));
      return;
    }
    Optional<InetAddress> literal = Literals.parse(hostname);
    if (literal.isPresent()) {
      callback.accept(literal(literal.get(), families));
      return;
    }
    Asked asked = new Asked(hostname, families);
    Optional<Answer> known = lookup.answers().get(asked);
    if (known.isPresent()) {
      callback.accept(known.get());
      if (lookup.answers().isNeglected(asked)) {
        look(asked, clock.nanoTime());
      }
      return;
    }
    try {
      worker.execute(() -> lookup.answer(asked, clock.nanoTime()).thenAccept(callback));
    } catch (RejectedExecutionException closedMeanwhile) {
      callback.accept(failed(CLOSED));
    }
  }

  @Override
  public void prepare(String hostname, IpFamilies families, Duration ahead) {
    if (!closed && Literals.parse(hostname).isEmpty()) {
      look(new Asked(hostname, families), clock.nanoTime() + ahead.toNanos());
    }
  }

  /** Looks for what will not be good at a time, once for all who want it. */
  private void look(Asked asked, long goodAt) {
    AnswerCache answers = lookup.answers();
    if (answers.isGood(asked, goodAt) || !answers.beginLook(asked)) {
      return;
    }
    try {
      worker.execute(() ->
          lookup.answer(asked, goodAt).whenComplete((answer, broken) -> answers.endLook(asked)));
    } catch (RejectedExecutionException closedMeanwhile) {
      answers.endLook(asked);
    }
  }

  private static Answer literal(InetAddress address, IpFamilies families) {
    for (Family family : Family.of(families)) {
      if (family == Family.of(address)) {
        return new Answer(Resolution.literal(), List.of(address));
      }
    }
    return failed(
        address.getHostAddress()
            + " is no "
            + Family.of(families).getFirst().label()
            + " address.");
  }

  static Answer failed(String sentence) {
    return new Answer(Resolution.failed(sentence), List.of());
  }

  /** Answers no more questions; those on their way still end within their time. */
  @Override
  public void close() {
    closed = true;
    worker.shutdown();
  }
}
