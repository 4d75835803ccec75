package dev.kindling.linalg;

/** A·X = B by Gaussian elimination with partial pivoting, entry by entry. */
public final class LinearSystem {
  private LinearSystem() {}

  /**
   * @param a n×n, not modified
   * @param b n×m, not modified
   * @return X, n×m
   */
  public static Matrix solve(Matrix a, Matrix b) {
    Matrix left = a.copy();
    Matrix x = b.copy();
    int n = a.rows();
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(left.get(i, k)) > Math.abs(left.get(pivot, k)) ? i : pivot;
      }
      swap(left, k, pivot);
      swap(x, k, pivot);
      for (int i = 0; i < n; i++) {
        if (i != k) {
          double factor = left.get(i, k) / left.get(k, k);
          subtract(left, i, factor, k);
          subtract(x, i, factor, k);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < x.cols(); j++) {
        x.set(i, j, x.get(i, j) / left.get(i, i));
      }
    }
    return x;
  }

  private static void swap(Matrix m, int i, int k) {
    for (int j = 0; j < m.cols(); j++) {
      double kept = m.get(i, j);
      m.set(i, j, m.get(k, j));
      m.set(k, j, kept);
    }
  }

  private static void subtract(Matrix m, int i, double factor, int k) {
    for (int j = 0; j < m.cols(); j++) {
      m.set(i, j, m.get(i, j) - factor * m.get(k, j));
    }
  }
}
