package dev.kindling.ridge;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * Kernel ridge regression with an unpenalised intercept: minimises ‖Y − 1bᵀ − KA‖² + λ tr AᵀKA.
 *
 * <p>From one eigendecomposition K = VSVᵀ, any λ gives G = (K + λI)⁻¹ = V(S + λI)⁻¹Vᵀ and, with the
 * intercept eliminated, P = G − G11ᵀG/1ᵀG1, so that A = PY. Residuals on rows F of a fit that never
 * saw them are P_FF⁻¹(PY)_F (Cawley and Talbot 2007, eq. 12, for single rows), exactly and without
 * another fit.
 *
 * <p>Memory: 5 n² doubles while decomposing, then 2 n². Time: about 9 n³ once and n³ for each λ.
 */
public final class KernelRidge {
  /** Eigenvalues below this share of the largest are taken for zero; see {@link #rank}. */
  public static final double RANK_TOLERANCE = 1e-10;

  private final int n;
  private final SymmetricEigen eigen;
  private final Matrix targets;

  /**
   * @param gram K, n×n, symmetric. Not modified
   * @param targets Y, n×m, one column a target. Not modified
   * @throws IllegalArgumentException if the shapes do not fit or K is not symmetric and finite
   */
  public KernelRidge(Matrix gram, Matrix targets) {
    if (targets.rows() != gram.rows()) {
      throw new IllegalArgumentException(
          "the Gram matrix is " + gram.shape() + ", the targets are " + targets.shape());
    }
    this.n = gram.rows();
    this.eigen = SymmetricEigen.of(gram);
    this.targets = targets;
  }

  /** Eigenvalues of K, ascending. */
  public double[] spectrum() {
    return eigen.values().clone();
  }

  /** Eigenvalues above {@link #RANK_TOLERANCE} times the largest. */
  public int rank() {
    double least = RANK_TOLERANCE * eigen.values()[n - 1];
    return (int) Arrays.stream(eigen.values()).filter(s -> s > least).count();
  }

  /** Tr K / n, the scale on which λ is chosen. */
  public double meanEigenvalue() {
    return Arrays.stream(eigen.values()).sum() / n;
  }

  /**
   * The solution for one λ.
   *
   * @param lambda greater than minus the smallest eigenvalue; positive
   */
  public Fit fit(double lambda) {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lambda must be positive, got " + lambda);
    }
    Matrix inverse = inverse(lambda);
    double[] g = inverse.values();
    double[] rowSums = new double[n];
    double total = 0;
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += g[j * n + i];
      }
      rowSums[j] = sum;
      total += sum;
    }
    double trace = 0; // of K(K+λI)⁻¹
    for (double s : eigen.values()) {
      trace += Math.max(0, s) / (Math.max(0, s) + lambda);
    }
    Matrix intercept = Matrix.zeros(1, targets.cols());
    for (int c = 0; c < targets.cols(); c++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += rowSums[i] * targets.get(i, c);
      }
      intercept.set(0, c, sum / total);
    }
    for (int j = 0; j < n; j++) {
      double scaled = rowSums[j] / total;
      for (int i = 0; i < n; i++) {
        g[j * n + i] -= rowSums[i] * scaled;
      }
    }
    return new Fit(lambda, inverse, Blas.times(inverse, targets), intercept, trace + 1);
  }

  /** V(S + λI)⁻¹Vᵀ; eigenvalues that rounding has put below zero count as zero. */
  private Matrix inverse(double lambda) {
    double[] scaled = eigen.vectors().values().clone();
    for (int k = 0; k < n; k++) {
      double factor = 1 / Math.sqrt(Math.max(0, eigen.values()[k]) + lambda);
      for (int i = 0; i < n; i++) {
        scaled[k * n + i] *= factor;
      }
    }
    Matrix inverse = Matrix.zeros(n, n);
    Blas.syrk(false, 1, Matrix.of(n, n, scaled), 0, inverse);
    return inverse;
  }

  /** The solution for one λ, with what cross-validation needs. */
  public final class Fit {
    private final double lambda;
    private final Matrix projection;
    private final Matrix coefficients;
    private final Matrix intercept;
    private final double degreesOfFreedom;

    private Fit(
        double lambda,
        Matrix projection,
        Matrix coefficients,
        Matrix intercept,
        double degreesOfFreedom) {
      this.lambda = lambda;
      this.projection = projection;
      this.coefficients = coefficients;
      this.intercept = intercept;
      this.degreesOfFreedom = degreesOfFreedom;
    }

    /** A, n×m: predictions are 1bᵀ + K(new, fitted) A. */
    public Matrix coefficients() {
      return coefficients;
    }

    /** b, 1×m. */
    public Matrix intercept() {
      return intercept;
    }

    KernelFunction function() {
      return new KernelFunction(lambda, coefficients, intercept);
    }

    /** tr K(K + λI)⁻¹, and one for the intercept. */
    public double degreesOfFreedom() {
      return degreesOfFreedom;
    }

    /** Leave-one-out predictions, n×m: what row i gets from a fit of all others. */
    public Matrix leaveOneOut() {
      Matrix predictions = Matrix.zeros(n, targets.cols());
      for (int c = 0; c < targets.cols(); c++) {
        for (int i = 0; i < n; i++) {
          predictions.set(i, c, targets.get(i, c) - coefficients.get(i, c) / projection.get(i, i));
        }
      }
      return predictions;
    }

    /** One block of rows held out. */
    public HeldOut without(int[] rows) {
      return new HeldOut(rows);
    }

    /**
     * The fit of all rows but a held-out block F, from the same matrices. Time n·|F|², memory
     * n·|F|.
     */
    public final class HeldOut {
      private final int[] rows;
      private final Cholesky block;

      private HeldOut(int[] rows) {
        this.rows = rows.clone();
        Matrix pff = Matrix.zeros(rows.length, rows.length);
        for (int a = 0; a < rows.length; a++) {
          for (int b = 0; b < rows.length; b++) {
            pff.set(a, b, projection.get(rows[a], rows[b]));
          }
        }
        block = Cholesky.of(pff);
      }

      /** Predictions on the held-out rows, |F|×m, in their order. */
      public Matrix predictions() {
        Matrix residuals = block.solve(select(coefficients));
        Matrix predictions = Matrix.zeros(rows.length, targets.cols());
        for (int c = 0; c < targets.cols(); c++) {
          for (int a = 0; a < rows.length; a++) {
            predictions.set(a, c, targets.get(rows[a], c) - residuals.get(a, c));
          }
        }
        return predictions;
      }

      /**
       * Leave-one-out predictions of the rows that are not held out, from fits without the held-out
       * block: what inner selection may look at. n×m; held-out rows are NaN.
       */
      public Matrix leaveOneOut() {
        Matrix pf = Matrix.zeros(rows.length, n);
        for (int j = 0; j < n; j++) {
          for (int a = 0; a < rows.length; a++) {
            pf.set(a, j, projection.get(rows[a], j));
          }
        }
        Matrix solved = block.solve(pf);
        Matrix held = block.solve(select(coefficients));
        boolean[] isHeld = new boolean[n];
        for (int row : rows) {
          isHeld[row] = true;
        }
        Matrix predictions = Matrix.zeros(n, targets.cols());
        for (int j = 0; j < n; j++) {
          double diagonal = projection.get(j, j);
          for (int a = 0; a < rows.length; a++) {
            diagonal -= pf.get(a, j) * solved.get(a, j);
          }
          for (int c = 0; c < targets.cols(); c++) {
            double coefficient = coefficients.get(j, c);
            for (int a = 0; a < rows.length; a++) {
              coefficient -= pf.get(a, j) * held.get(a, c);
            }
            predictions.set(
                j, c, isHeld[j] ? Double.NaN : targets.get(j, c) - coefficient / diagonal);
          }
        }
        return predictions;
      }

      private Matrix select(Matrix all) {
        Matrix some = Matrix.zeros(rows.length, all.cols());
        for (int c = 0; c < all.cols(); c++) {
          for (int a = 0; a < rows.length; a++) {
            some.set(a, c, all.get(rows[a], c));
          }
        }
        return some;
      }
    }
  }
}
