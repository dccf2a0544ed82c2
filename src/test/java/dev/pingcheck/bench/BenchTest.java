package dev.pingcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.bench.Figure.Operator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final String LIST =
      """
      The benchmarks are:
        short        never meets its goal
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Supplier<Measurement> measurement, String... arguments) {
    Benchmark benchmark =
        new Benchmark() {
          @Override
          public String name() {
            return "short";
          }

          @Override
          public String summary() {
            return "never meets its goal";
          }

          @Override
          public Measurement run(Consumer<String> progress) {
            return measurement.get();
          }
        };
    return new Bench(List.of(benchmark), print(out), print(err)).run(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static Measurement shortOfItsGoal() {
    return new Measurement(
        List.of(new Figure("short.rate", 1, "ratio", Operator.AT_LEAST, 2)), "Once.");
  }

  @Test
  void aFigureShortOfItsGoalIsNoFailureOfTheCommand() {
    assertThat(run(BenchTest::shortOfItsGoal, "short")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("bench short.rate 1 ratio goal >= 2 short\n");
  }

  @Test
  void withoutANameTheBenchmarksAreListed() {
    assertThat(run(BenchTest::shortOfItsGoal)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("usage: ./dev bench NAME\n" + LIST);
  }

  @Test
  void anUnknownNameIsToldWithTheList() {
    assertThat(run(BenchTest::shortOfItsGoal, "long")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("pingcheck: there is no benchmark long\n" + LIST);
  }

  @Test
  void whatIsMissingIsToldInASentence() {
    int exitCode =
        run(
            () -> {
              throw new IllegalStateException("no root");
            },
            "short");
    assertThat(exitCode).isEqualTo(1);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("pingcheck: bench short did not measure: no root\n");
  }
}
