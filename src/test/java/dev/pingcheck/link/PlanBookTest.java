package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.PlanBook.Step;
import dev.pingcheck.plan.ProbePlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlanBookTest {
  private final PlanBook book = new PlanBook(4);

  @Test
  void anEqualPlanIsNoNewRevision() {
    book.put(Samples.plan(1));
    book.put(Samples.plan(1));
    assertThat(book.revision()).isEqualTo(1);
    book.put(Samples.plan(1, 2));
    assertThat(book.revision()).isEqualTo(2);
    assertThat(book.size()).isEqualTo(1);
  }

  @Test
  void anEqualPlanDoesNotTakeThePlaceOfTheOneThatIsThere() {
    ProbePlan first = Samples.plan(1);
    book.put(first);
    book.put(Samples.plan(1));
    assertThat(book.plans().getFirst()).isSameAs(first);
  }

  @Test
  void removingAnUnknownCheckIsNoNewRevision() {
    book.remove("uid-9");
    assertThat(book.revision()).isZero();
  }

  @Test
  void aClosedBookTellsNothing() {
    book.put(Samples.plan(1));
    assertThat(book.next(-1)).isEqualTo(new Step.Wait());
    book.complete();
    assertThat(book.next(-1)).isEqualTo(new Step.Restart(1, List.of(Samples.plan(1))));
  }

  @Test
  void anEmptyButCompleteBookTellsThatThereIsNoPlan() {
    book.complete();
    assertThat(book.next(-1)).isEqualTo(new Step.Restart(0, List.of()));
    assertThat(book.next(0)).isEqualTo(new Step.Wait());
  }

  @Test
  void aReaderGoesThroughEveryRevisionInOrder() {
    book.complete();
    book.put(Samples.plan(1));
    book.put(Samples.plan(2));
    book.remove("uid-1");
    assertThat(book.next(0)).isEqualTo(new Step.Put(1, Samples.plan(1)));
    assertThat(book.next(1)).isEqualTo(new Step.Put(2, Samples.plan(2)));
    assertThat(book.next(2)).isEqualTo(new Step.Remove(3, "uid-1"));
    assertThat(book.next(3)).isEqualTo(new Step.Wait());
  }

  @Test
  void aReaderThatIsFurtherBehindThanTheHistoryStartsAgain() {
    book.complete();
    for (int number = 1; number <= 5; number++) {
      book.put(Samples.plan(number));
    }
    assertThat(book.next(1)).isEqualTo(new Step.Put(2, Samples.plan(2)));
    assertThat(book.next(0)).isEqualTo(new Step.Restart(5, book.plans()));
    assertThat(book.plans()).hasSize(5);
  }

  @Test
  void subscribersHearOfEachChangeAndOfTheOpening() {
    AtomicInteger heard = new AtomicInteger();
    Runnable subscriber = heard::incrementAndGet;
    book.subscribe(subscriber);
    book.put(Samples.plan(1));
    book.put(Samples.plan(1));
    book.complete();
    book.remove("uid-1");
    assertThat(heard).hasValue(3);
    book.unsubscribe(subscriber);
    book.put(Samples.plan(2));
    assertThat(heard).hasValue(3);
  }

  @Test
  void aWithheldBookTellsThatThereIsNothingWhateverItHolds() {
    book.put(Samples.plan(1));
    book.withhold();
    assertThat(book.next(-1)).isEqualTo(new Step.Restart(1, List.of()));
    book.put(Samples.plan(2));
    assertThat(book.next(1)).isEqualTo(new Step.Wait());
    assertThat(book.size()).isEqualTo(2);
  }

  @Test
  void aReaderLearnsThatABookIsWithheldAndOpenedAgain() {
    book.put(Samples.plan(1));
    book.complete();
    book.withhold();
    assertThat(book.next(1)).isEqualTo(new Step.Restart(2, List.of()));
    book.put(Samples.plan(2));
    book.complete();
    assertThat(book.next(2))
        .isEqualTo(new Step.Restart(3, List.of(Samples.plan(1), Samples.plan(2))));
    book.remove("uid-1");
    assertThat(book.next(3)).isEqualTo(new Step.Remove(4, "uid-1"));
  }

  @Test
  void aReaderThatMissedItAllStartsWithTheLatestView() {
    book.put(Samples.plan(1));
    book.complete();
    book.withhold();
    book.complete();
    assertThat(book.next(1)).isEqualTo(new Step.Restart(3, List.of(Samples.plan(1))));
  }
}
