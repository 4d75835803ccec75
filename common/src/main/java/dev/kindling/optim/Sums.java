package dev.kindling.optim;

/**
 * Sums over weights in an order that no library and no processor decides: four running sums side by
 * side, so that one addition need not wait for another.
 */
final class Sums {
  private Sums() {}

  /** Σ xᵢyᵢ over from ≤ i &lt; to. */
  static double dot(double[] x, double[] y, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < to; i++) {
      a += x[i] * y[i];
    }
    return (a + b) + (c + d);
  }

  static double dot(double[] x, double[] y) {
    return dot(x, y, 0, x.length);
  }

  /** Σ gᵢ(xᵢ − yᵢ). */
  static double dotDifference(double[] g, double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < g.length - 3; i += 4) {
      a += g[i] * (x[i] - y[i]);
      b += g[i + 1] * (x[i + 1] - y[i + 1]);
      c += g[i + 2] * (x[i + 2] - y[i + 2]);
      d += g[i + 3] * (x[i + 3] - y[i + 3]);
    }
    for (; i < g.length; i++) {
      a += g[i] * (x[i] - y[i]);
    }
    return (a + b) + (c + d);
  }

  /** √Σ(xᵢ − yᵢ)². */
  static double distance(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < x.length - 3; i += 4) {
      a += (x[i] - y[i]) * (x[i] - y[i]);
      b += (x[i + 1] - y[i + 1]) * (x[i + 1] - y[i + 1]);
      c += (x[i + 2] - y[i + 2]) * (x[i + 2] - y[i + 2]);
      d += (x[i + 3] - y[i + 3]) * (x[i + 3] - y[i + 3]);
    }
    for (; i < x.length; i++) {
      a += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt((a + b) + (c + d));
  }

  /** Σ|xᵢ|. */
  static double absolute(double[] x) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < x.length - 3; i += 4) {
      a += Math.abs(x[i]);
      b += Math.abs(x[i + 1]);
      c += Math.abs(x[i + 2]);
      d += Math.abs(x[i + 3]);
    }
    for (; i < x.length; i++) {
      a += Math.abs(x[i]);
    }
    return (a + b) + (c + d);
  }

  /** The geometric mean of rates; of one the rate itself, to the bit. */
  static double geometricMean(double[] rates) {
    if (rates.length == 1) {
      return rates[0];
    }
    double sum = 0;
    for (double rate : rates) {
      sum += StrictMath.log(rate);
    }
    return StrictMath.exp(sum / rates.length);
  }
}
