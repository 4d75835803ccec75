package dev.kindling.sketch;

/**
 * The χ² law: distribution function, upper tail and quantile, for any positive degrees of freedom.
 *
 * <p>P(χ² ≤ x) is the regularised incomplete gamma function P(a, y) at a = degrees/2, y = x/2: by
 * its power series for {@code y < a + 1}, else by its continued fraction (Abramowitz and Stegun
 * 1964, 6.5.29 and 6.5.31). The factor yᵃe⁻ʸ/Γ(a+1) in front is taken by the saddle point (Loader
 * 2000), so that it loses no digits when a is large. Each of the two is the one that does not
 * cancel on its side: the far tails keep their relative accuracy, about 1e-12. O(√degrees) steps a
 * call.
 */
public final class ChiSquare {
  private static final double LOG_TWO_PI = 1.8378770664093454836;

  /** From here on five terms of Stirling's series are exact to 1e-16. */
  private static final double STIRLING = 20;

  private ChiSquare() {}

  /**
   * P(χ² ≤ x).
   *
   * @param degrees of freedom, positive and finite; need not be whole
   * @throws IllegalArgumentException if they are not, or x is not a number
   */
  public static double cdf(double x, double degrees) {
    check(x, degrees);
    if (x <= 0) {
      return 0;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double a = degrees / 2;
    double y = x / 2;
    return y < a + 1 ? series(a, y) : 1 - fraction(a, y);
  }

  /**
   * P(χ² > x), accurate to a relative error in the tail, where 1 − cdf is not.
   *
   * @param degrees of freedom, positive and finite; need not be whole
   * @throws IllegalArgumentException if they are not, or x is not a number
   */
  public static double upper(double x, double degrees) {
    check(x, degrees);
    if (x <= 0) {
      return 1;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double a = degrees / 2;
    double y = x / 2;
    return y < a + 1 ? 1 - series(a, y) : fraction(a, y);
  }

  /**
   * The x with P(χ² ≤ x) = p: 0 at p = 0, infinite at p = 1.
   *
   * <p>Newton's method on the logarithm of the smaller tail, in a bracket that halves where a step
   * leaves it.
   *
   * @param degrees of freedom, positive and finite; need not be whole
   * @throws IllegalArgumentException if they are not, or p is not between 0 and 1
   */
  public static double quantile(double p, double degrees) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("χ²: no quantile at p = " + p);
    }
    check(0, degrees);
    if (p == 0 || p == 1) {
      return p == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double low = Double.MIN_NORMAL;
    double high = Double.MAX_VALUE;
    double x = degrees;
    for (int step = 0; step < 2000; step++) {
      double next;
      if (p <= 0.5) {
        double tail = cdf(x, degrees);
        if (tail < p) {
          low = x;
        } else {
          high = x;
        }
        next = x * StrictMath.exp(StrictMath.log(p / tail) * tail / slope(x, degrees));
      } else {
        double tail = upper(x, degrees);
        if (tail > 1 - p) {
          low = x;
        } else {
          high = x;
        }
        next = x + x * StrictMath.log(tail / (1 - p)) * tail / slope(x, degrees);
      }
      if (Math.abs(next - x) <= 2 * Math.ulp(x)) {
        return next;
      }
      if (!(next > low && next < high)) {
        next = Math.sqrt(low) * Math.sqrt(high); // the bracket spans hundreds of decades at first
        if (!(next > low && next < high)) {
          return x;
        }
      }
      x = next;
    }
    return x;
  }

  /** x times the density at x. */
  private static double slope(double x, double degrees) {
    return degrees / 2 * front(degrees / 2, x / 2);
  }

  private static double series(double a, double y) {
    double term = 1;
    double sum = 1;
    for (double n = a + 1; term > 1e-17 * sum; n++) {
      term *= y / n;
      sum += term;
    }
    return Math.min(1, front(a, y) * sum);
  }

  /** Lentz's algorithm; all terms are positive here. */
  private static double fraction(double a, double y) {
    double b = y + 1 - a;
    double c = Double.MAX_VALUE;
    double d = 1 / b;
    double h = d;
    double factor = 0;
    for (int i = 1; Math.abs(factor - 1) > 5e-16; i++) {
      double top = -i * (i - a);
      b += 2;
      d = 1 / (top * d + b);
      c = b + top / c;
      factor = c * d;
      h *= factor;
    }
    return Math.min(1, a * front(a, y) * h);
  }

  /** yᵃe⁻ʸ/Γ(a+1) = exp(−δ(a) − D(a, y))/√(2πa). */
  private static double front(double a, double y) {
    return StrictMath.exp(-stirling(a) - deviance(a, y) - (LOG_TWO_PI + StrictMath.log(a)) / 2);
  }

  /** δ(a) = ln Γ(a+1) − (a+½)ln a + a − ½ln 2π. */
  private static double stirling(double a) {
    double shift = 0;
    double z = a;
    for (; z < STIRLING; z++) {
      shift += (z + 0.5) * StrictMath.log1p(1 / z) - 1;
    }
    double s = 1 / (z * z);
    double tail = 1 / 12.0 - s * (1 / 360.0 - s * (1 / 1260.0 - s * (1 / 1680.0 - s / 1188)));
    return shift + tail / z;
  }

  /** D(a, y) = a ln(a/y) + y − a, by a series where the terms would cancel. */
  private static double deviance(double a, double y) {
    double delta = (y - a) / a;
    if (Math.abs(delta) > 0.2) {
      return y - a - a * StrictMath.log(Math.min(y / a, Double.MAX_VALUE));
    }
    double v = delta / (2 + delta);
    double square = v * v;
    double sum = 0;
    double power = 2 * v * square;
    for (int n = 3; Math.abs(power) > 0; n += 2) {
      double next = sum + power / n;
      if (next == sum) {
        break;
      }
      sum = next;
      power *= square;
    }
    return a * (delta * v - sum);
  }

  private static void check(double x, double degrees) {
    if (Double.isNaN(x) || !(degrees > 0) || Double.isInfinite(degrees)) {
      throw new IllegalArgumentException("χ²: x = " + x + ", degrees of freedom = " + degrees);
    }
  }
}
