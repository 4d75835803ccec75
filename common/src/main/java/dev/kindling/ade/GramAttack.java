package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;

/**
 * The attack of one who knows the points: one QueryAll from the origin gives |Πx_i|² = x_iᵀGx_i
 * with G = ΠᵀΠ, which are linear in G's k(k+1)/2 numbers; least squares over as many points find G,
 * and its last eigenvector is a direction in which a fixed sketch sees next to nothing.
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
   * The direction of length 1 that the answers say is seen least.
   *
   * @param points images of the points, k×n with n ≥ {@link #points}. Not modified
   * @param answers the estimates of their distances from the origin
   * @throws dev.kindling.linalg.FactorisationException if the points do not determine G
   */
  public static double[] direction(Matrix points, double[] answers) {
    int k = points.rows();
    int unknowns = points(k);
    if (points.cols() < unknowns || answers.length != points.cols()) {
      throw new IllegalArgumentException(
          answers.length
              + " answers of "
              + points.cols()
              + " points for "
              + unknowns
              + " unknowns");
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
    return column(SymmetricEigen.of(gram).vectors(), 0);
  }

  /** A column as an array. */
  static double[] column(Matrix m, int j) {
    double[] column = new double[m.rows()];
    System.arraycopy(m.values(), j * m.rows(), column, 0, column.length);
    return column;
  }
}
