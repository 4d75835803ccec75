package dev.kindling.spark.report;

import dev.kindling.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them: {@code 12,345}, {@code 0.0123}, {@code 1.5·10⁻⁷}. */
final class Numbers {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numbers() {}

  /** Four significant digits. */
  static String format(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value, new MathContext(4));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -3 || exponent > 6) {
      return scientific(value, exponent, 3);
    }
    int decimals = Math.max(0, rounded.stripTrailingZeros().scale());
    return fixed(rounded.doubleValue(), decimals);
  }

  /** With this many decimals, and thousands set apart from 10,000 on. */
  static String fixed(double value, int decimals) {
    String pattern = (Math.abs(value) >= 9999.5 ? "%,." : "%.") + decimals + "f";
    String text = Words.of(pattern, value);
    boolean isZero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return isZero && text.startsWith("-") ? text.substring(1) : text.replace('-', '−');
  }

  /** All digits of a whole number, thousands set apart from 10,000 on. */
  static String whole(long value) {
    String pattern = value >= 10_000 || value <= -10_000 ? "%,d" : "%d";
    return Words.of(pattern, value).replace('-', '−');
  }

  /** {@code 1.5·10⁻⁷}, and {@code 10⁻⁷} for a mantissa of 1; at most this many decimals. */
  static String scientific(double value, int exponent, int decimals) {
    BigDecimal mantissa = new BigDecimal(value).movePointLeft(exponent);
    BigDecimal rounded = mantissa.setScale(decimals, RoundingMode.HALF_EVEN);
    String digits = rounded.stripTrailingZeros().toPlainString().replace('-', '−');
    return digits.equals("1") ? power(exponent) : digits + "·" + power(exponent);
  }

  /** {@code 10⁻⁷}. */
  static String power(int exponent) {
    StringBuilder text = new StringBuilder("10");
    for (char c : Integer.toString(exponent).toCharArray()) {
      text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
    }
    return text.toString();
  }

  /**
   * Decimals for a column of numbers: four significant digits of the largest, two of the smallest,
   * and at most six; −1 if that is no way to write them, 0 if all are whole.
   */
  static int decimals(double[] values) {
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    boolean whole = true;
    for (double v : values) {
      double size = Math.abs(v);
      if (Double.isFinite(v) && v != 0) {
        largest = Math.max(largest, size);
        smallest = Math.min(smallest, size);
        whole &= v == Math.rint(v);
      }
    }
    if (largest == 0) {
      return 0;
    }
    if (largest >= 1e9 || smallest < 1e-4) {
      return -1;
    }
    int wanted =
        Math.max(
            3 - (int) Math.floor(Math.log10(largest)), 1 - (int) Math.floor(Math.log10(smallest)));
    return whole ? 0 : Math.max(0, Math.min(6, wanted));
  }
}
