package dev.kindling.ridge;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * The sums over rows that ridge on features needs: n, Σx, Σy, Σxxᵀ, Σxyᵀ. Sums of blocks add up. 8
 * (r² + rc) bytes for r features and c targets.
 */
public final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private int rows;
  private final double[] x;
  private final double[] y;
  private final Matrix xx;
  private final Matrix xy;

  private FeatureMoments(int rows, double[] x, double[] y, Matrix xx, Matrix xy) {
    this.rows = rows;
    this.x = x;
    this.y = y;
    this.xx = xx;
    this.xy = xy;
  }

  /** Of no rows. */
  public static FeatureMoments none(int features, int targets) {
    return new FeatureMoments(
        0,
        new double[features],
        new double[targets],
        Matrix.zeros(features, features),
        Matrix.zeros(features, targets));
  }

  /**
   * Of some rows.
   *
   * @param features r×n, a column a row. Not modified
   * @param targets n×c. Not modified
   */
  public static FeatureMoments of(Matrix features, Matrix targets) {
    int r = features.rows();
    Matrix xx = Matrix.zeros(r, r);
    Blas.syrk(false, 1, features, 0, xx);
    Matrix xy = Matrix.zeros(r, targets.cols());
    Blas.gemm(false, false, 1, features, targets, 0, xy);
    double[] x = new double[r];
    for (int i = 0; i < features.cols(); i++) {
      for (int k = 0; k < r; k++) {
        x[k] += features.get(k, i);
      }
    }
    double[] y = new double[targets.cols()];
    for (int c = 0; c < y.length; c++) {
      for (int i = 0; i < targets.rows(); i++) {
        y[c] += targets.get(i, c);
      }
    }
    return new FeatureMoments(features.cols(), x, y, xx, xy);
  }

  /** Adds another's rows to these. */
  public FeatureMoments add(FeatureMoments other) {
    combine(1, other);
    return this;
  }

  /** These rows without the other's, which are among them. */
  public FeatureMoments without(FeatureMoments other) {
    FeatureMoments rest = new FeatureMoments(rows, x.clone(), y.clone(), xx.copy(), xy.copy());
    rest.combine(-1, other);
    return rest;
  }

  private void combine(int sign, FeatureMoments other) {
    rows += sign * other.rows;
    Blas.axpy(sign, other.x, x);
    Blas.axpy(sign, other.y, y);
    Blas.axpy(sign, other.xx.values(), xx.values());
    Blas.axpy(sign, other.xy.values(), xy.values());
  }

  int rows() {
    return rows;
  }

  double[] meanFeatures() {
    return mean(x);
  }

  double[] meanTargets() {
    return mean(y);
  }

  private double[] mean(double[] sums) {
    double[] mean = sums.clone();
    Blas.scal(1.0 / rows, mean);
    return mean;
  }

  /** Σxxᵀ, not about the mean. */
  public Matrix products() {
    return xx;
  }

  /** tr Σxxᵀ/n: the mean eigenvalue of the rows' Gram matrix. */
  public double meanEigenvalue() {
    double trace = 0;
    for (int k = 0; k < xx.rows(); k++) {
      trace += xx.get(k, k);
    }
    return trace / rows;
  }

  /** Σ(x − x̄)(x − x̄)ᵀ. */
  Matrix scatter() {
    Matrix scatter = xx.copy();
    double[] mean = meanFeatures();
    for (int j = 0; j < mean.length; j++) {
      for (int i = 0; i < mean.length; i++) {
        scatter.set(i, j, scatter.get(i, j) - rows * (mean[i] * mean[j]));
      }
    }
    return scatter;
  }

  /** Σ(x − x̄)(y − ȳ)ᵀ. */
  Matrix crossScatter() {
    Matrix scatter = xy.copy();
    double[] mean = meanFeatures();
    double[] target = meanTargets();
    for (int c = 0; c < target.length; c++) {
      for (int i = 0; i < mean.length; i++) {
        scatter.set(i, c, scatter.get(i, c) - rows * (mean[i] * target[c]));
      }
    }
    return scatter;
  }
}
