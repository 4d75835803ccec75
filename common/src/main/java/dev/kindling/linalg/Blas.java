package dev.kindling.linalg;

import dev.kindling.Words;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Locale;

/**
 * Basic linear algebra on column-major arrays, by one implementation that is chosen once per JVM.
 *
 * <p>{@link Mode#AUTO} takes OpenBLAS from the classpath, else netlib's Java over the vector
 * module, else its plain Java. {@link #use} must come before the first operation, and before
 * anything else in the JVM (Spark MLlib, breeze) touches netlib: netlib, too, decides once, by the
 * properties that this class sets. In the two Java modes breeze and MLlib run netlib's own pick of
 * Java, which is the vector one wherever the module is there.
 *
 * <p>Every operation runs on the calling thread. The same call gives the same bits on the same
 * {@linkplain Choice#kernel kernel}.
 */
public final class Blas {
  private static BlasChooser.Result chosen;

  private Blas() {}

  /** What {@code --blas} says. */
  public enum Mode {
    AUTO,
    NATIVE,
    VECTOR,
    JAVA;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The implementation in use.
   *
   * @param mode never {@link Mode#AUTO}
   * @param blas class name
   * @param lapack class name
   * @param library {@code OpenBLAS 0.3.31-1.5.13}, or {@code netlib}
   * @param kernel the bits of fixed products, eight hexadecimal digits: JVMs in which they differ
   *     do not give the same bytes
   * @param reason for every better implementation why it is not in use; empty for native
   */
  public record Choice(
      Mode mode, String blas, String lapack, String library, String kernel, String reason) {}

  /**
   * Chooses now.
   *
   * @throws dev.kindling.BadInput if {@code mode} is not auto and cannot be had here
   * @throws IllegalStateException if another mode is in use already
   */
  public static synchronized Choice use(Mode mode) {
    if (chosen == null) {
      Netlib.silence();
      chosen = BlasChooser.ofThisJvm().choose(mode);
    } else if (mode != Mode.AUTO && mode != chosen.choice().mode()) {
      throw new IllegalStateException(
          "BLAS is " + chosen.choice().mode() + " in this JVM already and cannot become " + mode);
    }
    return chosen.choice();
  }

  /** What is in use, chosen by {@link Mode#AUTO} if nothing was yet. */
  public static Choice choice() {
    return use(Mode.AUTO);
  }

  /**
   * C ← α·op(A)·op(B) + β·C, where op transposes or not.
   *
   * @param a not modified
   * @param b not modified
   * @param c modified; with β = 0 its old entries are not read
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static void gemm(
      boolean transA, boolean transB, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    Shapes.product(transA, transB, a, b, c);
    int k = transA ? a.rows() : a.cols();
    gemm(
        transA,
        transB,
        c.rows(),
        c.cols(),
        k,
        alpha,
        a.values(),
        0,
        ld(a),
        b.values(),
        0,
        ld(b),
        beta,
        c.values(),
        0,
        ld(c));
  }

  /** A·B, new. */
  public static Matrix times(Matrix a, Matrix b) {
    Matrix c = Matrix.zeros(a.rows(), b.cols());
    gemm(false, false, 1, a, b, 0, c);
    return c;
  }

  /**
   * C ← α·op(A)·op(B) + β·C on parts of arrays; C is m×n, the inner dimension k.
   *
   * @param aOffset where A begins in {@code a}; {@code lda} is the distance between its columns
   * @param a not modified
   * @param b not modified
   * @param c modified within the m×n part; with β = 0 its old entries are not read
   * @throws IllegalArgumentException if a part does not lie within its array
   */
  public static void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    Shapes.part("gemm: A", transA ? k : m, transA ? m : k, a.length, aOffset, lda);
    Shapes.part("gemm: B", transB ? n : k, transB ? k : n, b.length, bOffset, ldb);
    Shapes.part("gemm: C", m, n, c.length, cOffset, ldc);
    if (k == 0) {
      scale(m, n, beta, c, cOffset, ldc);
    } else if (m > 0 && n > 0) {
      Pick.BLAS.dgemm(
          op(transA),
          op(transB),
          m,
          n,
          k,
          alpha,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          beta,
          c,
          cOffset,
          ldc);
    }
  }

  /**
   * The same in single precision.
   *
   * @param a not modified
   * @param b not modified
   * @param c modified within the m×n part; with β = 0 its old entries are not read
   * @throws IllegalArgumentException if a part does not lie within its array
   */
  public static void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float beta,
      float[] c,
      int cOffset,
      int ldc) {
    Shapes.part("gemm: A", transA ? k : m, transA ? m : k, a.length, aOffset, lda);
    Shapes.part("gemm: B", transB ? n : k, transB ? k : n, b.length, bOffset, ldb);
    Shapes.part("gemm: C", m, n, c.length, cOffset, ldc);
    if (k == 0) {
      scale(m, n, beta, c, cOffset, ldc);
    } else if (m > 0 && n > 0) {
      Pick.BLAS.sgemm(
          op(transA),
          op(transB),
          m,
          n,
          k,
          alpha,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          beta,
          c,
          cOffset,
          ldc);
    }
  }

  /**
   * C ← α·A·Aᵀ + β·C, or α·Aᵀ·A + β·C if {@code transA}: half the work of {@link #gemm}.
   *
   * @param a not modified
   * @param c symmetric; modified in both triangles, which stay equal to the bit
   * @throws IllegalArgumentException if C is not square of the order of A
   */
  public static void syrk(boolean transA, double alpha, Matrix a, double beta, Matrix c) {
    int n = transA ? a.cols() : a.rows();
    int k = transA ? a.rows() : a.cols();
    if (c.rows() != n || c.cols() != n) {
      throw new IllegalArgumentException(
          "syrk: A is " + a.shape() + ", C is " + c.shape() + ": C must be " + n + "×" + n);
    }
    if (n == 0 || k == 0) {
      scale(n, n, beta, c.values(), 0, n);
      return;
    }
    Pick.BLAS.dsyrk("L", transA ? "T" : "N", n, k, alpha, a.values(), ld(a), beta, c.values(), n);
    double[] v = c.values();
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        v[j + i * n] = v[i + j * n];
      }
    }
  }

  /**
   * y ← α·op(A)·x + β·y.
   *
   * @param x not modified
   * @param y modified; with β = 0 its old entries are not read
   * @throws IllegalArgumentException if a length does not fit
   */
  public static void gemv(
      boolean transA, double alpha, Matrix a, double[] x, double beta, double[] y) {
    int in = transA ? a.rows() : a.cols();
    int out = transA ? a.cols() : a.rows();
    if (x.length != in || y.length != out) {
      throw new IllegalArgumentException(
          Words.of(
              "gemv: %s, x has %s entries, y has %s",
              (transA ? "Aᵀ is " : "A is ") + out + "×" + in, x.length, y.length));
    }
    if (in == 0 || out == 0) {
      scale(out, 1, beta, y, 0, out);
      return;
    }
    Pick.BLAS.dgemv(op(transA), a.rows(), a.cols(), alpha, a.values(), ld(a), x, 1, beta, y, 1);
  }

  /** xᵀy. Neither is modified. */
  public static double dot(double[] x, double[] y) {
    Shapes.sameLength("dot", x, y);
    return Pick.BLAS.ddot(x.length, x, 1, y, 1);
  }

  /**
   * y ← α·x + y.
   *
   * @param x not modified
   * @param y modified
   */
  public static void axpy(double alpha, double[] x, double[] y) {
    Shapes.sameLength("axpy", x, y);
    Pick.BLAS.daxpy(x.length, alpha, x, 1, y, 1);
  }

  /**
   * x ← α·x.
   *
   * @param x modified
   */
  public static void scal(double alpha, double[] x) {
    Pick.BLAS.dscal(x.length, alpha, x, 1);
  }

  /** The Euclidean length of x, without overflow. Not modified. */
  public static double nrm2(double[] x) {
    return Pick.BLAS.dnrm2(x.length, x, 1);
  }

  static LAPACK lapack() {
    return Pick.LAPACK;
  }

  /** The choice, frozen on the first operation, so that the JIT sees constants. */
  private static final class Pick {
    static final BLAS BLAS;
    static final LAPACK LAPACK;

    static {
      choice();
      synchronized (Blas.class) {
        BLAS = chosen.pair().blas();
        LAPACK = chosen.pair().lapack();
      }
    }
  }

  private static String op(boolean transpose) {
    return transpose ? "T" : "N";
  }

  private static int ld(Matrix a) {
    return Math.max(1, a.rows());
  }

  // Netlib checks offsets against empty arrays and fails, hence these two for k = 0.
  private static void scale(int m, int n, double beta, double[] c, int offset, int ldc) {
    for (int j = 0; j < n; j++) {
      for (int i = 0, at = offset + j * ldc; i < m; i++, at++) {
        c[at] = beta == 0 ? 0 : beta * c[at];
      }
    }
  }

  private static void scale(int m, int n, float beta, float[] c, int offset, int ldc) {
    for (int j = 0; j < n; j++) {
      for (int i = 0, at = offset + j * ldc; i < m; i++, at++) {
        c[at] = beta == 0 ? 0 : beta * c[at];
      }
    }
  }
}
