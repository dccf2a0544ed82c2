package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.link.Admission;
import dev.pingcheck.link.Credentials;
import dev.pingcheck.link.ProbeRole;
import dev.pingcheck.link.RefusalReason;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenReviewsTest {
  private final FakeClock clock = new FakeClock();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean isGenuine = true;
  private volatile boolean isReachable = true;
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile boolean isHeld;

  private final TokenReviews reviews =
      new TokenReviews(new Fake(), new Examination(Tokens.ACCOUNT, Tokens.CENTRAL_ACCOUNT), clock)
          .start();

  /** An API server as a test wants it. */
  private final class Fake extends ReviewGateway {
    Fake() {
      super(null, "ns");
    }

    @Override
    TokenReviewStatus review(String token) {
      asked.add(token);
      if (isHeld) {
        try {
          held.await();
        } catch (InterruptedException closed) {
          Thread.currentThread().interrupt();
        }
      }
      if (!isReachable) {
        throw new KubernetesClientException("down");
      }
      return new TokenReviewStatusBuilder()
          .withAuthenticated(isGenuine)
          .withAudiences("pingcheck")
          .withNewUser()
          .withUsername(Tokens.ACCOUNT)
          .withExtra(
              Map.of(
                  "authentication.kubernetes.io/pod-name", List.of("p"),
                  "authentication.kubernetes.io/pod-uid", List.of("u"),
                  "authentication.kubernetes.io/node-name", List.of("n")))
          .endUser()
          .build();
    }
  }

  @AfterEach
  void close() {
    held.countDown();
    reviews.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static String token(int number) {
    return Tokens.of(Tokens.ACCOUNT, "pingcheck", Instant.parse("2026-02-01T00:00:00Z")) + number;
  }

  private CompletableFuture<Admission> examine(String token, String peer) {
    return reviews
        .examine(new Credentials(token, ProbeRole.NODE, Optional.empty(), peer))
        .toCompletableFuture();
  }

  /** The reason of a refusal; empty if it was let in. */
  private Optional<RefusalReason> reason(String token, String peer) throws Exception {
    return switch (examine(token, peer).get(60, TimeUnit.SECONDS)) {
      case Admission.Admitted in -> Optional.empty();
      case Admission.Refused refused -> Optional.of(refused.reason());
    };
  }

  @Test
  void aTokenOfTheProbesIsAskedAboutEachTimeItIsLetIn() throws Exception {
    assertThat(reason(token(1), "a")).isEmpty();
    assertThat(reason(token(1), "a")).isEmpty();
    assertThat(asked).containsExactly(token(1), token(1));
  }

  @Test
  void aRefusedTokenIsAskedAboutOnceAMinute() throws Exception {
    isGenuine = false;
    for (int time = 0; time < 5; time++) {
      assertThat(reason(token(1), "a")).contains(RefusalReason.NOT_GENUINE);
    }
    assertThat(asked).hasSize(1);
    isGenuine = true;
    clock.advance(Duration.ofMinutes(1));
    assertThat(reason(token(1), "a")).isEmpty();
  }

  @Test
  void manyForgedTokensFromAnAddressTireTheOperatorOfItAndOfNoOther() throws Exception {
    isGenuine = false;
    for (int forged = 0; forged < 20; forged++) {
      assertThat(reason(token(forged), "evil")).contains(RefusalReason.NOT_GENUINE);
    }
    assertThat(reason(token(20), "evil")).contains(RefusalReason.TOO_MANY);
    assertThat(asked).hasSize(20);
    isGenuine = true;
    assertThat(reason(token(21), "good")).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    assertThat(reason(token(22), "evil")).isEmpty();
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNoStainOnTheToken() throws Exception {
    isReachable = false;
    assertThat(reason(token(1), "a")).contains(RefusalReason.API_UNREACHABLE);
    isReachable = true;
    assertThat(reason(token(1), "a")).isEmpty();
  }

  @Test
  void whatIsPlainlyWrongIsNotAskedAbout() throws Exception {
    assertThat(reason("nonsense", "a")).contains(RefusalReason.MALFORMED);
    assertThat(asked).isEmpty();
  }

  @Test
  void fourAreAskedAboutAtATimeTheOthersWaitAndWhatIsBeyondIsRefused() throws Exception {
    isHeld = true;
    List<CompletableFuture<Admission>> all = new ArrayList<>();
    for (int probe = 0; probe < 4; probe++) {
      all.add(examine(token(probe), "a"));
    }
    await().until(() -> asked.size() == 4);
    for (int probe = 4; probe < 2004; probe++) {
      all.add(examine(token(probe), "a"));
    }
    assertThat(all).noneMatch(CompletableFuture::isDone);
    assertThat(reason(token(2004), "a")).contains(RefusalReason.TOO_MANY);
    all.subList(4, all.size()).forEach(gone -> gone.cancel(false));
    isHeld = false;
    held.countDown();
    for (CompletableFuture<Admission> answered : all.subList(0, 4)) {
      assertThat(answered.get(60, TimeUnit.SECONDS)).isInstanceOf(Admission.Admitted.class);
    }
    await().until(() -> reason(token(2005), "a").isEmpty()); // those who have gone make room
    assertThat(asked).hasSize(5);
  }
}
