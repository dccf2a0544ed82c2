package dev.pingcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.bench.Figure.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
  private static Figure figure(double value, Operator operator, double limit) {
    return new Figure("engine.rate", value, "ratio", operator, limit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "999.9996  | BELOW    | 1000 | 1000 ratio goal < 1000 met",
        "1000      | BELOW    | 1000 | 1000 ratio goal < 1000 short",
        "1.3       | AT_MOST  | 1.3  | 1.3 ratio goal <= 1.3 met",
        "1.3004    | AT_MOST  | 1.3  | 1.3 ratio goal <= 1.3 short",
        "0         | EQUAL    | 0    | 0 ratio goal = 0 met",
        "1         | EQUAL    | 0    | 1 ratio goal = 0 short",
        "0.85      | AT_LEAST | 0.85 | 0.85 ratio goal >= 0.85 met",
        "0.8499    | AT_LEAST | 0.85 | 0.85 ratio goal >= 0.85 short",
        "12345678.9| AT_LEAST | 2    | 12345678.9 ratio goal >= 2 met",
      })
  void aLineHoldsValueUnitGoalAndVerdict(
      double value, Operator operator, double limit, String expected) {
    assertThat(figure(value, operator, limit).line()).isEqualTo("bench engine.rate " + expected);
  }

  @Test
  void aFigureThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> figure(Double.NaN, Operator.EQUAL, 0))
        .hasMessage("engine.rate was not measured: NaN");
  }

  @Test
  void aReportIsTheLinesThenTheTableThenTheMethod() {
    Figure slow = new Figure("a.b_p99", 1234.5678, "ms", Operator.BELOW, 1000);
    assertThat(
            new Measurement(List.of(figure(0.9, Operator.AT_LEAST, 0.85), slow), "Twice.").report())
        .isEqualTo(
            """
            bench engine.rate 0.9 ratio goal >= 0.85 met
            bench a.b_p99 1234.568 ms goal < 1000 short

            | figure      | value    | unit  | goal    | verdict |
            | ----------- | -------- | ----- | ------- | ------- |
            | engine.rate | 0.9      | ratio | >= 0.85 | met     |
            | a.b_p99     | 1234.568 | ms    | < 1000  | short   |

            Twice.
            """);
  }

  @Test
  void whatTheObviousWayWouldCostStandsInAColumnOfItsOwn() {
    Figure writes = new Figure("a.writes", 33.3, "1/s", Operator.AT_MOST, 35).beside(333.3333);
    Figure alone = new Figure("a.rss", 200, "MiB", Operator.AT_MOST, 256);
    assertThat(new Measurement(List.of(writes, alone), "Once.").report())
        .isEqualTo(
            """
            bench a.writes 33.3 1/s goal <= 35 met
            bench a.rss 200 MiB goal <= 256 met

            | figure   | value | unit | goal   | verdict | naive   |
            | -------- | ----- | ---- | ------ | ------- | ------- |
            | a.writes | 33.3  | 1/s  | <= 35  | met     | 333.333 |
            | a.rss    | 200   | MiB  | <= 256 | met     |         |

            Once.
            """);
  }
}
