package dev.pingcheck.operator.trust;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.Admission;
import dev.pingcheck.link.Admission.Refused;
import dev.pingcheck.link.Credentials;
import dev.pingcheck.link.ProbeAuthenticator;
import dev.pingcheck.link.RefusalReason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the API server say whose tokens probes show, at most four at a time and two hundred a second;
 * the others wait their turn, and what cannot even wait is refused for now.
 */
final class TokenReviews implements ProbeAuthenticator, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TokenReviews.class.getName());
  private static final int AT_A_TIME = 4;
  private static final Duration EACH_AT_LEAST = Duration.ofMillis(20);
  private static final int WAITING = 2000;
  private static final Refused TOO_MANY =
      new Refused(RefusalReason.TOO_MANY, "There are too many at the moment: come again.");
  private static final Refused UNREACHABLE =
      new Refused(
          RefusalReason.API_UNREACHABLE,
          "The API server, which knows the probe's token, does not answer the operator.");

  private final ReviewGateway gateway;
  private final Examination examination;
  private final Distrust distrust;
  private final Clock clock;
  private final BlockingQueue<Visit> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread[] workers = new Thread[AT_A_TIME];
  private String lastFailure = "";

  private record Visit(
      Credentials shown, TokenClaims claims, CompletableFuture<Admission> answer) {}

  TokenReviews(ReviewGateway gateway, Examination examination, Clock clock) {
    this.gateway = gateway;
    this.examination = examination;
    this.distrust = new Distrust(clock);
    this.clock = clock;
  }

  /** Begins to answer. */
  TokenReviews start() {
    for (int each = 0; each < AT_A_TIME; each++) {
      workers[each] = Thread.ofVirtual().name("token-review-" + each).start(this::work);
    }
    return this;
  }

  @Override
  public CompletionStage<Admission> examine(Credentials shown) {
    Optional<TokenClaims> claims = TokenClaims.of(shown.token());
    Optional<Refused> atOnce =
        examination.refusal(claims, shown.role(), clock.now()).or(() -> distrusted(shown));
    if (atOnce.isPresent()) {
      return CompletableFuture.completedStage(atOnce.get());
    }
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    if (!waiting.offer(new Visit(shown, claims.orElseThrow(), answer))) {
      answer.complete(TOO_MANY);
    }
    return answer;
  }

  private Optional<Refused> distrusted(Credentials shown) {
    return distrust
        .earlier(shown)
        .or(() -> distrust.isTiredOf(shown.peer()) ? Optional.of(TOO_MANY) : Optional.empty());
  }

  private void work() {
    try {
      while (true) {
        Visit next = waiting.take();
        if (!next.answer().isDone()) { // else it has gone away
          next.answer().complete(answer(next));
          Thread.sleep(EACH_AT_LEAST);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Admission answer(Visit visit) {
    Optional<Refused> meanwhile = distrusted(visit.shown());
    if (meanwhile.isPresent()) {
      return meanwhile.get();
    }
    try {
      Admission admission = ask(visit);
      if (admission instanceof Refused refusal) {
        distrust.refused(visit.shown(), refusal);
      }
      complain("");
      return admission;
    } catch (KubernetesClientException unanswered) {
      complain("Probes on the network cannot be let in: " + unanswered.getMessage());
      return UNREACHABLE;
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "A probe was not examined because of a fault.", fault);
      return UNREACHABLE;
    }
  }

  private Admission ask(Visit visit) {
    TokenClaims claims = visit.claims();
    Credentials shown = visit.shown();
    return switch (examination.finding(gateway.review(shown.token()), claims, shown)) {
      case Examination.Finding.Final(Admission admission) -> admission;
      case Examination.Finding.LookUp(Examination.Pod pod) ->
          examination.onNode(pod.name(), gateway.nodeOf(pod), claims, shown);
    };
  }

  private synchronized void complain(String failure) {
    if (!failure.isEmpty() && !failure.equals(lastFailure)) {
      LOG.log(System.Logger.Level.WARNING, failure);
    }
    lastFailure = failure;
  }

  /** Answers no more; who waits is not answered. */
  @Override
  public void close() {
    for (Thread worker : workers) {
      if (worker != null) {
        worker.interrupt();
      }
    }
  }
}
