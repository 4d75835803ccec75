package dev.kindling.linalg;

import java.util.SplittableRandom;

/** Matrices and vectors with entries in (−1, 1) from a seed that a failing test prints. */
final class Randoms {
  private final SplittableRandom random;

  Randoms(long seed) {
    random = new SplittableRandom(seed);
  }

  Matrix matrix(int rows, int cols) {
    return Matrix.of(rows, cols, vector(rows * cols));
  }

  double[] vector(int n) {
    return random.doubles(n, -1, 1).toArray();
  }

  Matrix symmetric(int n) {
    Matrix a = matrix(n, n);
    Matrix t = a.transpose();
    Blas.axpy(1, t.values(), a.values());
    return a;
  }

  /** B·Bᵀ + I. */
  Matrix positiveDefinite(int n) {
    Matrix a = Matrix.identity(n);
    Blas.syrk(false, 1, matrix(n, n), 1, a);
    return a;
  }

  double number() {
    return random.nextDouble(-2, 2);
  }

  int size() {
    return random.nextInt(1, 40);
  }
}
