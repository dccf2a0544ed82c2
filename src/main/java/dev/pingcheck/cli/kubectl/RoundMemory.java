package dev.pingcheck.cli.kubectl;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one operator remembers of the rounds of a check.
 *
 * @param width the span of a slot; rounds that began in the same one are told together
 * @param slots the oldest first
 */
record RoundMemory(Duration width, List<Slot> slots) {
  /** An operator that remembers no round. */
  static final RoundMemory NONE = new RoundMemory(Duration.ofSeconds(1), List.of());

  private static final String WHAT = "rounds";

  /** Start, sent and lost; then shortest, lower quartile, median, upper quartile and longest. */
  private static final int FIGURES_WITHOUT_TIMES = 3;

  private static final int FIGURES = 8;

  /**
   * The rounds of one span.
   *
   * @param start when the span began
   * @param sent settled echo requests to all addresses from all nodes; 0: there was no address
   * @param lost 0 to {@code sent}
   * @param rtt of the replies; empty if none is known
   */
  record Slot(Instant start, int sent, int lost, Optional<Times> rtt) {

    int received() {
      return sent - lost;
    }

    /** The average round-trip time in nanoseconds, as {@link Times#average} knows it. */
    Optional<Long> average() {
      return rtt.map(times -> times.average(received()));
    }
  }

  /** How round-trip times are spread, in nanoseconds. */
  record Times(long min, long lower, long median, long upper, long max) {
    /** With so many every figure is a time of its own. */
    private static final int ALL_KNOWN = 5;

    /**
     * The average, to which thresholds.rtt applies: of up to five times of one round as exact as
     * they are, else with the middle of the quartiles for all but the shortest and the longest.
     *
     * @param count of the times
     */
    long average(int count) {
      if (count < 2) {
        return median;
      }
      double inner = count < ALL_KNOWN ? median : ((double) lower + median + upper) / 3;
      return Math.round(((double) min + max + (count - 2) * inner) / count);
    }
  }

  /** As the page writes it. */
  private record Answer(long width, List<List<Long>> slots) {}

  /**
   * Reads what the page answers.
   *
   * @throws Refusal if it is of another form
   */
  static RoundMemory read(String json) {
    Answer answer = Json.read(json, new TypeReference<Answer>() {}, WHAT);
    require(answer.width > 0 && answer.slots != null);
    return new RoundMemory(
        Duration.ofSeconds(answer.width), answer.slots.stream().map(RoundMemory::slot).toList());
  }

  private static Slot slot(List<Long> figures) {
    require(
        figures != null
            && (figures.size() == FIGURES_WITHOUT_TIMES || figures.size() == FIGURES)
            && figures.stream().allMatch(each -> each != null && each >= 0));
    long sent = figures.get(1);
    long lost = figures.get(2);
    require(sent <= Integer.MAX_VALUE && lost <= sent);
    require(figures.getFirst() <= Instant.MAX.getEpochSecond());
    return new Slot(
        Instant.ofEpochSecond(figures.getFirst()),
        (int) sent,
        (int) lost,
        figures.size() == FIGURES ? Optional.of(times(figures)) : Optional.empty());
  }

  private static Times times(List<Long> figures) {
    return new Times(
        figures.get(3), figures.get(4), figures.get(5), figures.get(6), figures.get(7));
  }

  private static void require(boolean isReadable) {
    if (!isReadable) {
      throw Json.unreadable(WHAT);
    }
  }

  /** When the newest slot began; long ago if there is none. */
  Instant newest() {
    return slots.isEmpty() ? Instant.MIN : slots.getLast().start();
  }
}
