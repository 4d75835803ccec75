package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Lbfgs;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;

/**
 * Neighbourhood components analysis (Goldberger, Roweis, Hinton and Salakhutdinov 2004): the U that
 * maximises the expected number of points that a random neighbour puts into their class, Σᵢpᵢ with
 * pᵢ = Σ pᵢⱼ over j of i's class and pᵢⱼ ∝ exp(−|Uxᵢ − Uxⱼ|²), j ≠ i.
 *
 * <p>By L-BFGS from a multiple of the identity (of the first principal axes, where U has fewer
 * rows) at which the mean squared distance is 10. A local maximum. Columns of very different scale
 * slow it down: scale them first.
 *
 * <p>An evaluation takes n² exponentials and 6kn² flops, blocks of {@value Labelled#BLOCK} rows by
 * matrix products; memory 8n({@value Labelled#BLOCK} + 4k + d) bytes.
 */
public final class Nca {
  private static final double START = 10;
  private static final int MEMORY = 10;
  private static final double RIDGE = 1e-3;
  private static final double TOLERANCE = 1e-5;

  private final Labelled data;
  private final int k;
  private final double[] weights;

  /**
   * @param data kept
   * @param k rows of U
   */
  Nca(Labelled data, int k) {
    this.data = data;
    this.k = k;
    this.weights = data.block();
  }

  /**
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; a negative one is of no class, and its point is left out. Not
   *     modified
   * @param rows of U, 1 to d
   * @param iterations of L-BFGS at most
   * @throws BadInput if there are not two classes, the rows are not from 1 to d, all points are
   *     equal, or no class has two points. One of a class of its own has pᵢ = 0, and keeps others
   *     away
   */
  public static Metric learn(Matrix points, int[] labels, int rows, int iterations) {
    if (rows < 1 || rows > points.rows()) {
      throw new BadInput("nca: a metric of rank " + rows + "; 1 to " + points.rows() + " can be");
    }
    Labelled data = Labelled.of(points, labels);
    data.requirePair("nca");
    Nca nca = new Nca(data, rows);
    Lbfgs.Settings settings = new Lbfgs.Settings(MEMORY, iterations, TOLERANCE);
    Lbfgs.Result result = Lbfgs.minimize(nca::evaluate, nca.start().values(), settings);
    return Metric.factor(Matrix.of(rows, data.dimension(), result.x()));
  }

  /** k×d. */
  Matrix start() {
    int d = data.dimension();
    Matrix u = k == d ? Matrix.identity(d) : discriminants();
    double sum = 0;
    for (double square : Labelled.norms(Blas.times(u, data.points()))) {
      sum += square;
    }
    if (!(sum > 0)) {
      throw new BadInput("nca: all " + data.count() + " labelled rows are equal");
    }
    Blas.scal(Math.sqrt(START * data.count() / (2 * sum)), u.values());
    return u;
  }

  /**
   * The k directions in which the class means are furthest apart, in units of what varies within
   * classes: eigenvectors of L⁻¹BL⁻ᵀ, times L⁻¹. The principal axes would be those of the noise,
   * where that is larger, and no gradient leads away from them.
   */
  private Matrix discriminants() {
    int d = data.dimension();
    Matrix within = WithinScatter.of(data.points(), data.labels()).covariance();
    Matrix between = within.copy();
    Blas.syrk(false, 1.0 / data.count(), data.points(), -1, between);
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += within.get(i, i) + between.get(i, i);
    }
    for (int i = 0; i < d; i++) {
      within.set(i, i, within.get(i, i) + (trace > 0 ? RIDGE * trace / d : 1));
    }
    Matrix white = Metric.covariance(within).factor();
    Matrix ratio = Matrix.zeros(d, d);
    Blas.gemm(false, true, 1, Blas.times(white, between), white, 0, ratio);
    SymmetricEigen eigen = SymmetricEigen.of(ratio);
    Matrix axes = Matrix.zeros(d, k);
    for (int i = 0; i < k; i++) {
      System.arraycopy(eigen.vectors().values(), (d - 1 - i) * d, axes.values(), i * d, d);
    }
    Matrix u = Matrix.zeros(k, d);
    Blas.gemm(true, false, 1, axes, white, 0, u);
    return u;
  }

  /**
   * −Σpᵢ/n and its gradient, −2U·Σ Wᵢⱼ(xᵢ−xⱼ)(xᵢ−xⱼ)ᵀ/n with Wᵢⱼ = pᵢⱼ(pᵢ − [j of i's class]). Each
   * row of W sums to zero, so that with Y = UX and c the column sums the sum times U is (Y·diag(c)
   * − YWᵀ − YW)Xᵀ, here with W's rows stored as columns.
   *
   * @param u k·d numbers. Not modified
   * @param gradient k·d numbers. Modified
   */
  double evaluate(double[] u, double[] gradient) {
    int n = data.count();
    int d = data.dimension();
    int[] labels = data.labels();
    Matrix y = Blas.times(Matrix.of(k, d, u), data.points());
    double[] norms = Labelled.norms(y);
    double[] columnSums = new double[n];
    double[] products = new double[k * n]; // YW + YWᵀ
    double[] v = y.values();
    double sum = 0;
    for (int from = 0; from < n; from += Labelled.BLOCK) {
      int count = Math.min(Labelled.BLOCK, n - from);
      Labelled.squares(y, norms, from, count, weights);
      for (int i = 0; i < count; i++) {
        double p = row(i * n, from + i, labels);
        sum += p;
        for (int j = 0, at = i * n; j < n; j++, at++) {
          weights[at] *= labels[j] == labels[from + i] ? p - 1 : p;
          columnSums[j] += weights[at];
        }
      }
      Blas.gemm(false, false, k, count, n, 1, v, 0, k, weights, 0, n, 1, products, from * k, k);
      Blas.gemm(false, true, k, n, count, 1, v, from * k, k, weights, 0, n, 1, products, 0, k);
    }
    for (int j = 0, at = 0; j < n; j++) {
      for (int i = 0; i < k; i++, at++) {
        products[at] = v[at] * columnSums[j] - products[at];
      }
    }
    Matrix slope = Matrix.of(k, d, gradient);
    Blas.gemm(false, true, -2.0 / n, Matrix.of(k, n, products), data.points(), 0, slope);
    return -sum / n;
  }

  /**
   * Turns the squared distances of one point into its pᵢⱼ.
   *
   * @return pᵢ
   */
  private double row(int at, int point, int[] labels) {
    weights[at + point] = Double.POSITIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < labels.length; j++) {
      least = Math.min(least, weights[at + j]);
    }
    double all = 0;
    double same = 0;
    for (int j = 0; j < labels.length; j++) {
      double e = Math.exp(least - weights[at + j]); // the nearest gets 1: no sum is zero
      weights[at + j] = e;
      all += e;
      if (labels[j] == labels[point]) {
        same += e;
      }
    }
    for (int j = 0; j < labels.length; j++) {
      weights[at + j] /= all;
    }
    return same / all;
  }
}
