package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.operator.Leadership.Role;
import dev.pingcheck.operator.LeaseClaims.Claim;
import dev.pingcheck.plan.Interruption;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseElectionTest {
  private static final Claim OURS = new Claim.Held(true);
  private static final Claim TAKEN_OVER = new Claim.Held(false);
  private static final Claim THEIRS = new Claim.Taken("other", Duration.ofSeconds(7));

  private final FakeClock clock = new FakeClock();
  private final Leadership leadership = new Leadership(clock);
  private final List<String> heard = new ArrayList<>();
  private Optional<Claim> claim = Optional.empty();
  private Runnable whileClaiming = () -> {};
  private final LeaseElection election =
      new LeaseElection(
          new LeaseElection.Claimant() {
            @Override
            public Claim claim() {
              whileClaiming.run();
              return claim.orElseThrow(() -> new KubernetesClientException("no answer"));
            }

            @Override
            public void release(Optional<Interruption> interruption) {
              heard.add("released" + interruption.map(i -> " since " + i.since()).orElse(""));
            }
          },
          leadership,
          new LeaseElection.Listener() {
            @Override
            public void leads(Optional<Interruption> interruption) {
              heard.add("leads" + interruption.map(i -> " since " + i.since()).orElse(""));
            }

            @Override
            public void standsBy(String leader) {
              heard.add("stands by");
            }

            @Override
            public void mayWriteAgain() {
              heard.add("writes again");
            }
          },
          clock);

  @AfterEach
  void end() {
    election.close();
  }

  private Duration look(Claim found) {
    claim = Optional.ofNullable(found);
    return election.look();
  }

  @Test
  void whoHasTheLeaseLeadsAndRenewsItEveryTwoSeconds() {
    assertThat(look(OURS)).isEqualTo(Duration.ofSeconds(2));
    assertThat(look(OURS)).isEqualTo(Duration.ofSeconds(2));
    assertThat(heard).containsExactly("leads");
    assertThat(leadership.mayWrite()).isTrue();
  }

  @Test
  void aRenewalThatIsOnItsWayComesToItsEndBeforeTheLeaseIsGivenUp() throws Exception {
    CountDownLatch isOnItsWay = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    look(OURS);
    whileClaiming =
        () -> {
          isOnItsWay.countDown();
          if (isCounted(answer)) {
            heard.add("renewed");
          }
        };
    election.start();
    assertThat(isCounted(isOnItsWay)).isTrue();
    Thread end = Thread.ofPlatform().start(election::close);
    await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
    answer.countDown();
    end.join();
    assertThat(heard).containsExactly("leads", "renewed", "released");
  }

  /** False if this thread is interrupted. */
  private static boolean isCounted(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void aLeadBeginsWhenItIsWonAndNotWhenItIsRenewed() {
    Instant start = clock.now();
    assertThat(leadership.leadsSince()).isEmpty();
    look(OURS);
    clock.advance(Duration.ofSeconds(2));
    look(OURS);
    assertThat(leadership.leadsSince()).hasValue(start);
    look(THEIRS);
    assertThat(leadership.leadsSince()).isEmpty();
    look(TAKEN_OVER);
    assertThat(leadership.leadsSince()).hasValue(start.plusSeconds(2));
  }

  @Test
  void nothingIsWrittenSixSecondsAfterTheLastRenewal() {
    look(OURS);
    clock.advance(Duration.ofSeconds(6).minusNanos(1));
    assertThat(leadership.mayWrite()).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(leadership.mayWrite()).isFalse();
    assertThat(leadership.role()).isEqualTo(Role.LEADER);
  }

  @Test
  void aLeaseThatIsRenewedLateIsTheSameTerm() {
    look(OURS);
    long term = leadership.term().number();
    clock.advance(Duration.ofSeconds(60));
    look(null);
    look(OURS);
    assertThat(heard).containsExactly("leads", "writes again");
    assertThat(leadership.term().number()).isEqualTo(term);
    assertThat(leadership.mayWrite()).isTrue();
  }

  @Test
  void whoFindsAnotherStandsByAndLooksWhenTheLeaseMayEnd() {
    assertThat(look(THEIRS)).isEqualTo(Duration.ofSeconds(1));
    assertThat(look(new Claim.Taken("other", Duration.ofMillis(300))))
        .isEqualTo(Duration.ofMillis(300));
    look(THEIRS);
    assertThat(heard).containsExactly("stands by");
    assertThat(leadership.mayWrite()).isFalse();
  }

  @Test
  void everyChangeOfTheLeadIsANewTerm() {
    look(OURS);
    long first = leadership.term().number();
    look(THEIRS);
    long second = leadership.term().number();
    look(TAKEN_OVER);
    assertThat(heard).containsExactly("leads", "stands by", "leads");
    assertThat(List.of(first, second, leadership.term().number())).doesNotHaveDuplicates();
  }

  @Test
  void aLeadThatSomebodyElseHadInBetweenIsANewTerm() {
    look(OURS);
    long first = leadership.term().number();
    look(TAKEN_OVER);
    assertThat(heard).containsExactly("leads", "leads");
    assertThat(leadership.term().number()).isNotEqualTo(first);
  }

  @Test
  void withoutAnAnswerForTenMinutesTheProbeIsToRest() {
    look(OURS);
    clock.advance(Duration.ofMinutes(10).minusNanos(1));
    look(null);
    assertThat(heard).containsExactly("leads");
    clock.advance(Duration.ofNanos(1));
    look(null);
    assertThat(heard).containsExactly("leads", "stands by");
  }

  @Test
  void onlyALeaderGivesTheLeaseUp() {
    look(THEIRS);
    election.close();
    assertThat(heard).containsExactly("stands by");
  }

  @Test
  void aLeaderThatEndsWritesNothingAndGivesTheLeaseUp() {
    look(OURS);
    election.close();
    assertThat(heard).containsExactly("leads", "released");
    assertThat(leadership.mayWrite()).isFalse();
  }
}
