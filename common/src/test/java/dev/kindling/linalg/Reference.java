package dev.kindling.linalg;

/** The definitions, entry by entry. */
final class Reference {
  private Reference() {}

  /** α·op(A)·op(B) + β·C, new. */
  static Matrix gemm(
      boolean ta, boolean tb, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    Matrix opA = ta ? a.transpose() : a;
    Matrix opB = tb ? b.transpose() : b;
    Matrix result = c.copy();
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.cols(); j++) {
        double sum = 0;
        for (int k = 0; k < opA.cols(); k++) {
          sum += opA.get(i, k) * opB.get(k, j);
        }
        result.set(i, j, alpha * sum + (beta == 0 ? 0 : beta * c.get(i, j)));
      }
    }
    return result;
  }

  static Matrix times(Matrix a, Matrix b) {
    return gemm(false, false, 1, a, b, 0, Matrix.zeros(a.rows(), b.cols()));
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** The largest |a − b|; NaN if an entry is. */
  static double distance(Matrix a, Matrix b) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) {
      throw new AssertionError(a.shape() + " against " + b.shape());
    }
    double largest = 0;
    for (int k = 0; k < a.values().length; k++) {
      largest = Math.max(largest, Math.abs(a.values()[k] - b.values()[k]));
    }
    return largest;
  }
}
