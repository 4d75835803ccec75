package dev.kindling.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * P·A·Pᵀ ≈ L·Lᵀ of a symmetric positive semidefinite matrix, the largest remaining diagonal entry
 * first, until all are below a bound: A's numerical rank r is how many there were.
 *
 * @param pivots which row of A each row of L is, r
 * @param l lower triangular, zeros above, r×r: that of the rows and columns that were chosen
 */
public record PivotedCholesky(int[] pivots, Matrix l) {
  private static final int PANEL = 64;

  /**
   * By panels as LAPACK's dpstrf (Hammarling, Higham and Lucas 2007), which netlib's interface
   * lacks. About n r² flops, nearly all in products of blocks, and where {@code r < n} another r×r
   * matrix.
   *
   * @param a symmetric. Modified: L takes its memory where r = n
   * @param least diagonal entries that are not above it are taken for zero, not negative
   * @throws IllegalArgumentException if A is not symmetric, or has an entry that is not finite
   */
  public static PivotedCholesky of(Matrix a, double least) {
    a.requireSymmetric("pivoted Cholesky");
    int n = a.rows();
    double[] x = a.values();
    int[] order = IntStream.range(0, n).toArray();
    double[] diagonal = new double[n];
    Arrays.setAll(diagonal, i -> x[i + i * n]);
    for (int first = 0; first < n; first += PANEL) {
      int end = Math.min(n, first + PANEL);
      for (int j = first; j < end; j++) {
        int pivot = largest(diagonal, j);
        if (!(diagonal[pivot] > least)) {
          return cut(x, n, order, j);
        }
        swap(x, n, order, diagonal, j, pivot);
        column(x, n, first, j, Math.sqrt(diagonal[j]));
        for (int i = j + 1; i < n; i++) {
          diagonal[i] -= x[i + j * n] * x[i + j * n];
        }
      }
      trailing(x, n, first, end);
    }
    return cut(x, n, order, n);
  }

  private static int largest(double[] diagonal, int from) {
    int largest = from;
    for (int i = from + 1; i < diagonal.length; i++) {
      largest = diagonal[i] > diagonal[largest] ? i : largest;
    }
    return largest;
  }

  /** Exchanges two rows and columns of what is left, of which the lower triangle is read. */
  private static void swap(double[] x, int n, int[] order, double[] diagonal, int j, int p) {
    if (j == p) {
      return;
    }
    int row = order[j];
    order[j] = order[p];
    order[p] = row;
    exchange(diagonal, j, p);
    for (int k = 0; k < j; k++) {
      exchange(x, j + k * n, p + k * n);
    }
    for (int k = j + 1; k < p; k++) {
      exchange(x, k + j * n, p + k * n);
    }
    for (int i = p + 1; i < n; i++) {
      exchange(x, i + j * n, i + p * n);
    }
    exchange(x, j + j * n, p + p * n);
  }

  private static void exchange(double[] x, int one, int other) {
    double value = x[one];
    x[one] = x[other];
    x[other] = value;
  }

  /** Column j of L, below the diagonal of what the panel's earlier columns leave. */
  private static void column(double[] x, int n, int first, int j, double root) {
    x[j + j * n] = root;
    for (int k = first; k < j; k++) {
      double factor = x[j + k * n];
      for (int i = j + 1; i < n; i++) {
        x[i + j * n] -= factor * x[i + k * n];
      }
    }
    for (int i = j + 1; i < n; i++) {
      x[i + j * n] /= root;
    }
  }

  /** Takes the panel's share from the lower triangle behind it, block column by block column. */
  private static void trailing(double[] x, int n, int first, int end) {
    for (int from = end; from < n; from += PANEL) {
      int to = Math.min(n, from + PANEL);
      Blas.gemm(
          false,
          true,
          n - from,
          to - from,
          end - first,
          -1,
          x,
          from + first * n,
          n,
          x,
          from + first * n,
          n,
          1,
          x,
          from + from * n,
          n);
    }
  }

  private static PivotedCholesky cut(double[] x, int n, int[] order, int rank) {
    Matrix l = rank == n ? Matrix.of(n, n, x) : Matrix.zeros(rank, rank);
    for (int j = 0; j < rank; j++) {
      if (rank == n) {
        Arrays.fill(x, j * n, j * n + j, 0);
      } else {
        System.arraycopy(x, j + j * n, l.values(), j + j * rank, rank - j);
      }
    }
    return new PivotedCholesky(Arrays.copyOf(order, rank), l);
  }

  /** r. */
  public int rank() {
    return pivots.length;
  }
}
