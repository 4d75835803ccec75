package dev.kindling.ade;

import dev.kindling.sketch.ChiSquareLaw;
import java.io.Serializable;

/**
 * How many sketches, of how many rows, and how many of them a query draws, so that distances stay
 * right although queries, points and metric may depend on all answers before.
 *
 * <p>Derived in the manner of Cherapanamjeri and Nelson (2020), "On adaptive distance estimation";
 * the constants are this project's. With p = fail(m, ε/2) and K at least every |Π_j|, a net of R^k
 * with (1 + 4K/ε)^k points and Chernoff's bound over L sketches give that <em>every</em> v has at
 * most a tenth of the sketches off by more than ε, but for a chance of δ/2, if L ≥ (k ln(1 + 4K/ε)
 * + ln(2/δ)) / KL(1/10 ‖ p). Then the median over r fresh draws is off with at most P[Bin(r, 1/10)
 * ≥ r/2].
 *
 * @param sketches L
 * @param rows m of each
 * @param draws r of each query
 * @param isProved whether that bound holds; otherwise L·m ≥ 2k/ε² caps what a white-box attacker
 *     was found able to do at about ε
 */
public record AdaptivePlan(int sketches, int rows, int draws, boolean isProved)
    implements Serializable {
  private static final double BAD = 0.1;
  private static final int MOST_ROWS = 1 << 20;

  /**
   * @throws IllegalArgumentException if a number is below 1, or there are more draws than sketches
   */
  public AdaptivePlan {
    if (sketches < 1 || rows < 1 || draws < 1 || draws > sketches) {
      throw new IllegalArgumentException(
          draws + " draws of " + sketches + " sketches of " + rows + " rows");
    }
  }

  /**
   * With the proof. Its size grows with k·log(1/ε)/KL and is for k up to 16 or so.
   *
   * @param k of the metric's U
   * @param epsilon relative error, in (0, 1)
   * @param delta chance of failure in all, in (0, 1): half of it is for the sketches, half for the
   *     draws of one query
   * @param points whose distances a query asks for
   */
  public static AdaptivePlan proved(int k, double epsilon, double delta, long points) {
    require(k, epsilon, delta, points);
    int draws = draws(delta / 2 / points);
    AdaptivePlan best = null;
    // A failure of ε/2 above a tenth leaves nothing; beyond some rows L·m grows again.
    for (int rows = 1; rows <= MOST_ROWS; rows = Math.max(rows + 1, rows * 17 / 16)) {
      double p = ChiSquareLaw.failure(rows, epsilon / 2);
      if (p >= BAD) {
        continue;
      }
      double most = norm(rows, k, delta);
      double needed =
          (k * Math.log1p(4 * most / epsilon) + Math.log(4 / delta)) / divergence(BAD, p);
      double sketches = Math.max(draws, Math.ceil(needed));
      if (best != null && sketches * rows > 2.0 * best.sketches * best.rows) {
        break;
      }
      if (sketches < Integer.MAX_VALUE
          && (best == null || sketches * rows < (double) best.sketches * best.rows)) {
        best = new AdaptivePlan((int) sketches, rows, draws, true);
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "ε " + epsilon + " takes more than " + MOST_ROWS + " rows a sketch");
    }
    return best;
  }

  /**
   * Without the proof: L·m ≥ 2k/ε², and m as for one pair.
   *
   * @see #proved
   */
  public static AdaptivePlan practical(int k, double epsilon, double delta, long points) {
    require(k, epsilon, delta, points);
    int draws = draws(delta / points);
    int rows = ChiSquareLaw.rows(epsilon, BAD);
    return practical(k, epsilon, rows, draws);
  }

  /**
   * Without the proof, for m and r as they are given.
   *
   * @param k of the metric's U
   * @param epsilon relative error, in (0, 1)
   * @param rows m of each sketch
   * @param draws r of each query
   */
  public static AdaptivePlan practical(int k, double epsilon, int rows, int draws) {
    double sketches = Math.max(draws, Math.ceil(2 * k / (epsilon * epsilon) / rows));
    if (sketches > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "k " + k + " and ε " + epsilon + " take too many sketches");
    }
    return new AdaptivePlan((int) sketches, rows, draws, false);
  }

  private static void require(int k, double epsilon, double delta, long points) {
    boolean holds = k >= 1 && points >= 1 && epsilon > 0 && epsilon < 1 && delta > 0 && delta < 1;
    if (!holds) {
      throw new IllegalArgumentException(
          "k " + k + ", ε " + epsilon + ", δ " + delta + ", " + points + " points");
    }
  }

  /** Numbers that are kept of each point: L·m. */
  public long numbersPerPoint() {
    return (long) sketches * rows;
  }

  /**
   * The least odd r with P[Bin(r, 1/10) ≥ r/2] ≤ δ.
   *
   * @param delta in (0, 1)
   */
  static int draws(double delta) {
    int draws = 1;
    while (majority(draws, BAD) > delta) {
      draws += 2;
    }
    return draws;
  }

  /**
   * P[Bin(r, p) ≥ r/2]: how often a share p decides the median of r draws.
   *
   * @param r odd, at most 999: beyond, 2⁻ʳ underflows
   * @param p in [0, 1]
   */
  static double majority(int r, double p) {
    if (p > 0.5) {
      return 1 - majority(r, 1 - p);
    }
    double sum = 0;
    double term = Math.pow(1 - p, r);
    for (int i = 0; i <= r; i++) {
      if (2 * i >= r) {
        sum += term;
      }
      term *= (double) (r - i) / (i + 1) * p / (1 - p);
    }
    return sum;
  }

  /** |Π| is at most this but for a chance of δ/4 over all sketches (Davidson and Szarek 2001). */
  private static double norm(int rows, int k, double delta) {
    double t = Math.sqrt(2 * Math.log(4 / delta) + 64); // for up to e^32 sketches
    return (Math.sqrt(k) + Math.sqrt(rows) + t) / Math.sqrt(rows);
  }

  private static double divergence(double a, double b) {
    return a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
  }
}
