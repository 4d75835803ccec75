package dev.kindling.ade;

import dev.kindling.Words;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;

/**
 * The attack of one who knows the points: one QueryAll from the origin gives |Πx_i|² = x_iᵀGx_i
 * with G = ΠᵀΠ, which are linear in G's k(k+1)/2 numbers; least squares over as many points find G,
 * and in the direction of its first eigenvector a fixed sketch of fewer rows than k sees next to
 * nothing, in that of its last too much.
 *
 * <p>Time: n·K² for n points and K = k(k+1)/2; memory 8·(n + K)·K bytes.
 */
public final class GramAttack {
  private GramAttack() {}

  /** How many points it needs for k dimensions. */
  public static int points(int k) {
    return k * (k + 1) / 2;
  }

  /**
   * The directions, of length 1, that the answers say are seen too small and too large.
   *
   * @param points images of the points, k×n with n ≥ {@link #points}. Not modified
   * @param answers the estimates of their distances from the origin
   * @throws dev.kindling.linalg.FactorisationException if the points do not determine G
   */
  public static double[][] directions(Matrix points, double[] answers) {
    int k = points.rows();
    int unknowns = points(k);
    if (points.cols() < unknowns || answers.length != points.cols()) {
      throw new IllegalArgumentException(
          Words.of(
              "%s answers of %s points for %s unknowns", answers.length, points.cols(), unknowns));
    }
    Matrix products = Matrix.zeros(points.cols(), unknowns);
    Matrix squares = Matrix.zeros(points.cols(), 1);
    for (int i = 0; i < points.cols(); i++) {
      squares.set(i, 0, answers[i] * answers[i]);
      for (int a = 0, at = 0; a < k; a++) {
        for (int b = 0; b <= a; b++, at++) {
          products.set(i, at, (a == b ? 1 : 2) * points.get(a, i) * points.get(b, i));
        }
      }
    }
    Matrix normal = Matrix.zeros(unknowns, unknowns);
    Blas.syrk(true, 1, products, 0, normal);
    Matrix right = Matrix.zeros(unknowns, 1);
    Blas.gemm(true, false, 1, products, squares, 0, right);
    Matrix solved = Cholesky.of(normal).solve(right);
    Matrix gram = Matrix.zeros(k, k);
    for (int a = 0, at = 0; a < k; a++) {
      for (int b = 0; b <= a; b++, at++) {
        gram.set(a, b, solved.get(at, 0));
        gram.set(b, a, solved.get(at, 0));
      }
    }
    Matrix vectors = SymmetricEigen.of(gram).vectors();
    return new double[][] {column(vectors, 0), column(vectors, k - 1)};
  }

  /** A column as an array. */
  static double[] column(Matrix m, int j) {
    double[] column = new double[m.rows()];
    System.arraycopy(m.values(), j * m.rows(), column, 0, column.length);
    return column;
  }
}
