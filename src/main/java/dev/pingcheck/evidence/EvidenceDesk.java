package dev.pingcheck.evidence;

import dev.pingcheck.link.CaptureFigures;
import dev.pingcheck.link.EvidenceHandler;
import dev.pingcheck.link.EvidencePart;
import dev.pingcheck.link.EvidenceQuestion;
import dev.pingcheck.stats.EvidenceName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches the packets of a round that an event names, one file after the other: asks the probe that
 * sent them, again if it does not answer, and stores what comes. A probe that is not there is not
 * waited for: the next file's turn comes. Whoever says the event again wants the same file, and
 * nothing happens if it is there. Thread safe.
 */
public final class EvidenceDesk implements EvidenceHandler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EvidenceDesk.class.getName());
  private static final int MOST_WANTED = 256;

  private static final int IDLE_SECONDS = 10;

  /** Who passes a question on. */
  @FunctionalInterface
  public interface Line {
    /**
     * Asks a probe.
     *
     * @return whether it is there
     */
    CompletableFuture<Boolean> ask(String probe, EvidenceQuestion question);
  }

  /**
   * How long an answer is waited for.
   *
   * @param answer for each question; a probe answers within a second, unless the link is down
   * @param pause until it is asked again; a probe that is not there has the time of an answer as
   *     well, which the other files do not wait for
   * @param attempts until it is given up
   */
  record Patience(Duration answer, Duration pause, int attempts) {
    static final Patience DEFAULT = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(5), 6);
  }

  private record Want(CheckName check, EvidenceName name, EvidenceQuestion question, int attempt) {
    Want again() {
      return new Want(check, name, question, attempt + 1);
    }
  }

  private final EvidenceFolder folder;
  private final Line line;
  private final EvidenceMetrics metrics;
  private final Patience patience;
  private final ScheduledThreadPoolExecutor worker;
  private volatile Optional<FileInParts> coming = Optional.empty();

  public EvidenceDesk(EvidenceFolder folder, Line line, EvidenceMetrics metrics) {
    this(folder, line, metrics, Patience.DEFAULT);
  }

  EvidenceDesk(EvidenceFolder folder, Line line, EvidenceMetrics metrics, Patience patience) {
    this.patience = patience;
    this.folder = folder;
    this.line = line;
    this.metrics = metrics;
    worker =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("evidence").factory());
    worker.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    worker.allowCoreThreadTimeOut(true);
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * An event names a file. Never waits and never fails: what does not come is counted and logged.
   *
   * @param file as the event names it
   */
  public void want(String namespace, String name, String uid, String file) {
    Optional<CheckName> check = CheckName.read(namespace, name);
    Optional<EvidenceName> evidence = EvidenceName.read(file);
    if (check.isEmpty() || evidence.isEmpty()) {
      metrics.missing();
      return;
    }
    Want want =
        new Want(
            check.get(),
            evidence.get(),
            new EvidenceQuestion(uid, evidence.get().round().number()),
            1);
    if (worker.getQueue().size() >= MOST_WANTED) {
      miss(want, "too many other files are wanted");
    } else if (!worker.isShutdown()) {
      worker.execute(() -> fetch(want));
    }
  }

  private void fetch(Want want) {
    if (folder.has(want.check, want.name)) {
      return;
    }
    FileInParts file = new FileInParts(want.name.round().probe(), want.question);
    coming = Optional.of(file);
    try {
      if (inTime(line.ask(file.probe(), want.question))) {
        folder.put(want.check, want.name, inTime(file.whole()));
        metrics.stored();
      } else {
        askAgain(want, patience.answer().plus(patience.pause()), "its probe is not there");
      }
    } catch (TimeoutException silent) {
      askAgain(want, patience.pause(), "its probe does not answer");
    } catch (ExecutionException refused) {
      miss(want, refused.getCause().getMessage());
    } catch (IOException unwritten) {
      metrics.missing();
      LOG.log(Level.WARNING, unwritten.getMessage());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      coming = Optional.empty();
    }
  }

  private <T> T inTime(CompletableFuture<T> answer)
      throws TimeoutException, ExecutionException, InterruptedException {
    return answer.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void askAgain(Want want, Duration pause, String why) {
    if (want.attempt == patience.attempts()) {
      miss(want, why);
    } else if (!worker.isShutdown()) {
      worker.schedule(() -> fetch(want.again()), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void miss(Want want, String why) {
    metrics.missing();
    LOG.log(
        Level.WARNING,
        "The packets of {0}/{1} in {2} were not to be had: {3}.",
        want.check.namespace(),
        want.check.name(),
        want.name,
        why);
  }

  @Override
  public void part(String probe, EvidencePart part) {
    coming.ifPresent(file -> file.take(probe, part));
  }

  @Override
  public void figures(String probe, CaptureFigures figures) {
    metrics.show(probe, figures);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
