package dev.kindling.spark.report;

import java.util.ArrayList;
import java.util.List;

/** Where an axis has numbers, and which. */
final class Ticks {
  private static final int[] MANTISSAS = {1, 2, 5};

  private Ticks() {}

  record Tick(double value, String label) {}

  /** The step of 1, 2 or 5 times a power of ten that divides a span into about {@code count}. */
  static double step(double span, int count) {
    double raw = span / count;
    int exponent = (int) Math.floor(Math.log10(raw));
    double power = power(exponent);
    for (int mantissa : MANTISSAS) {
      if (mantissa * power >= raw * 0.75) {
        return mantissa * power;
      }
    }
    return power(exponent + 1);
  }

  /** Multiples of a {@link #step} within min…max, min &lt; max. */
  static List<Tick> linear(double min, double max, int count) {
    double step = step(max - min, count);
    // A millionth of a step: a bound that is a multiple but for rounding has its tick.
    double first = Math.ceil(min / step - 1e-6);
    double last = Math.floor(max / step + 1e-6);
    int exponent = (int) Math.floor(Math.log10(step) + 1e-9);
    double largest = Math.max(Math.abs(first), Math.abs(last)) * step;
    List<Tick> ticks = new ArrayList<>();
    for (double k = first; k <= last && ticks.size() <= 4 * count; k++) {
      double value =
          exponent < 0 ? k * Math.rint(step / power(exponent)) / power(-exponent) : k * step;
      ticks.add(new Tick(value, label(value, exponent, largest)));
    }
    return ticks;
  }

  /** Powers of ten within min…max, 0 &lt; min &lt; max; with 2 and 5 between them if few fit. */
  static List<Tick> log(double min, double max, int count) {
    int first = (int) Math.floor(Math.log10(min) - 1e-9);
    int last = (int) Math.ceil(Math.log10(max) + 1e-9);
    double decades = Math.log10(max / min);
    if (Double.isInfinite(max / min)) {
      decades = Math.log10(max) - Math.log10(min);
    }
    int every = (int) Math.max(1, Math.ceil(decades / count));
    List<Tick> ticks = new ArrayList<>();
    for (int e = first; e <= last; e++) {
      for (int mantissa : MANTISSAS) {
        double value = mantissa * power(e);
        boolean wanted = mantissa == 1 ? Math.floorMod(e, every) == 0 : decades < 2;
        if (wanted && value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) {
          ticks.add(new Tick(value, logLabel(value, mantissa, e, first, last)));
        }
      }
    }
    return ticks.size() >= 2 ? ticks : linear(min, max, count);
  }

  /** The largest of 1, 2 and 5 times a power of ten that is not above a positive value. */
  static double below(double value) {
    double power = power((int) Math.floor(Math.log10(value) + 1e-9));
    double mantissa = value / power * (1 + 1e-9);
    return mantissa >= 5 ? 5 * power : mantissa >= 2 ? 2 * power : power;
  }

  /** The smallest of 1, 2 and 5 times a power of ten that is not below a positive value. */
  static double above(double value) {
    double power = power((int) Math.floor(Math.log10(value) + 1e-9));
    double mantissa = value / power * (1 - 1e-9);
    return mantissa <= 1
        ? power
        : mantissa <= 2 ? 2 * power : mantissa <= 5 ? 5 * power : 10 * power;
  }

  private static String label(double value, int exponent, double largest) {
    if (value == 0) {
      return "0";
    }
    if (largest >= 1e6 || largest < 1e-3) {
      int own = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
      return Numbers.scientific(value, own, Math.max(0, own - exponent));
    }
    return Numbers.fixed(value, Math.max(0, -exponent));
  }

  private static String logLabel(double value, int mantissa, int exponent, int first, int last) {
    if (first >= -3 && last <= 5) {
      return Numbers.fixed(value, Math.max(0, -exponent));
    }
    return mantissa == 1 ? Numbers.power(exponent) : mantissa + "·" + Numbers.power(exponent);
  }

  /** Exact where a double can be: Math.pow(10, −5) is not. */
  static double power(int exponent) {
    return Double.parseDouble("1e" + exponent);
  }
}
