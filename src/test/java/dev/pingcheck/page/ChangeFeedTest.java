package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private final ManyChecks checks = new ManyChecks();
  private final ChangeFeed feed = new ChangeFeed(checks);

  private List<String> since(long at) {
    return feed.since(at).stream()
        .map(change -> change.uid() + (change.status().isPresent() ? "" : " is gone"))
        .toList();
  }

  @Test
  void whoKnowsNothingHearsOfAllChecksInTheOrderOfTheirChanges() {
    checks.put("a", "one", 0);
    checks.put("a", "two", 0);
    feed.look();
    checks.put("a", "one", 50);
    feed.look();
    assertThat(since(0)).containsExactly("uid-of-a-two", "uid-of-a-one");
  }

  @Test
  void nothingIsToldTwiceAndWhatDidNotChangeNotAtAll() {
    checks.put("a", "one", 0);
    checks.put("a", "two", 0);
    feed.look();
    long at = feed.number();
    feed.look();
    assertThat(since(at)).isEmpty();
    checks.put("a", "two", 50);
    feed.look();
    assertThat(since(at)).containsExactly("uid-of-a-two");
    assertThat(since(feed.number())).isEmpty();
  }

  @Test
  void manyChangesOfACheckAreToldAsOne() {
    checks.put("a", "one", 0);
    feed.look();
    long at = feed.number();
    for (int loss = 1; loss <= 100; loss++) {
      checks.put("a", "one", loss);
      feed.look();
    }
    assertThat(feed.since(at)).hasSize(1);
    assertThat(feed.since(at).getFirst().status().orElseThrow().getLastRound().getLossPercent())
        .isEqualTo(100);
  }

  @Test
  void aCheckThatIsGoneIsToldToWhomKnewItAlone() {
    checks.put("a", "one", 0);
    feed.look();
    long at = feed.number();
    checks.remove("a", "one");
    feed.look();
    assertThat(since(at)).containsExactly("uid-of-a-one is gone");
    assertThat(since(0)).isEmpty();
    checks.put("a", "one", 0);
    feed.look();
    assertThat(since(at)).containsExactly("uid-of-a-one");
  }

  @Test
  void whoMayHaveMissedThatACheckIsGoneStartsAnew() {
    checks.put("a", "stays", 0);
    checks.put("b", "first", 0);
    feed.look();
    long early = feed.number();
    checks.remove("b", "first");
    feed.look();
    for (int i = 0; i < ChangeFeed.MOST_GONE; i++) {
      checks.put("b", "check-" + i, 0);
      feed.look();
      checks.remove("b", "check-" + i);
      feed.look();
    }
    assertThat(feed.isTooOld(early)).isTrue();
    assertThat(feed.read(feed.token(early))).isZero();
    long late = feed.number() - 1;
    assertThat(feed.isTooOld(late)).isFalse();
    assertThat(feed.read(feed.token(late))).isEqualTo(late);
    assertThat(since(0)).containsExactly("uid-of-a-stays");
  }

  @Test
  void aTokenOfAnotherOperatorOrOfNoFormIsWorthNothing() {
    checks.put("a", "one", 0);
    feed.look();
    String token = feed.token(feed.number());
    assertThat(feed.read(token)).isEqualTo(1);
    assertThat(new ChangeFeed(checks).read(token)).isZero();
    assertThat(feed.read(null)).isZero();
    assertThat(feed.read("")).isZero();
    assertThat(feed.read(token + "9")).isZero();
    assertThat(feed.read(token + "x")).isZero();
    assertThat(feed.read(token.replace(".1", ".99999999999999999999"))).isZero();
  }
}
