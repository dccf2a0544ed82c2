package dev.pingcheck.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * One measured figure and what it should be.
 *
 * @param name the benchmark's name, a dot and the figure's, such as {@code engine.rate}
 * @param value in {@code unit}, finite
 * @param unit one word, such as {@code ms}, or {@code ratio} where there is none
 * @param operator how the value should stand to the limit
 * @param limit in {@code unit}
 * @param naive in {@code unit}: what the obvious way would cost, computed, where that says
 *     something
 */
public record Figure(
    String name, double value, String unit, Operator operator, double limit, OptionalDouble naive) {
  private static final int DECIMALS = 3;

  public Figure {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " was not measured: " + value);
    }
  }

  /** A figure that stands for itself. */
  public Figure(String name, double value, String unit, Operator operator, double limit) {
    this(name, value, unit, operator, limit, OptionalDouble.empty());
  }

  /** The same beside what the obvious way would cost. */
  public Figure beside(double computed) {
    return new Figure(name, value, unit, operator, limit, OptionalDouble.of(computed));
  }

  /** How a value should stand to its limit. */
  public enum Operator {
    BELOW("<"),
    AT_MOST("<="),
    EQUAL("="),
    AT_LEAST(">=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  /** Judged by the value as measured, not as printed. */
  boolean isMet() {
    return switch (operator) {
      case BELOW -> value < limit;
      case AT_MOST -> value <= limit;
      case EQUAL -> value == limit;
      case AT_LEAST -> value >= limit;
    };
  }

  /** {@code bench NAME VALUE UNIT goal OPERATOR LIMIT met|short}, in one line for scripts. */
  String line() {
    return String.join(" ", "bench", name, valueText(), unit, "goal", goalText(), verdict());
  }

  /** At most three decimals, none that are zeros, never an exponent. */
  String valueText() {
    return text(value);
  }

  /** Such as {@code < 1000}. */
  String goalText() {
    return operator.sign() + " " + text(limit);
  }

  /** {@code met} or {@code short}. */
  String verdict() {
    return isMet() ? "met" : "short";
  }

  /** Empty where there is nothing to compare with. */
  String naiveText() {
    return naive.isPresent() ? text(naive.getAsDouble()) : "";
  }

  private static String text(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().toPlainString();
  }
}
