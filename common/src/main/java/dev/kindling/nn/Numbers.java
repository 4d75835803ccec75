package dev.kindling.nn;

/**
 * Arrays of one precision, and what a perceptron does with them entry by entry or by BLAS. Both
 * implementations are the same formulas; Java has no generics over numbers.
 *
 * @param <A> float[] or double[]
 */
interface Numbers<A> {
  A create(int length);

  A copy(A values);

  void round(double[] from, A to);

  void decode(byte[] from, int offset, A to);

  void encode(A from, byte[] to, int offset);

  /** to[toOffset, …) ← from[fromOffset, …). */
  void move(Object from, int fromOffset, A to, int toOffset, int length);

  /** C ← op(A)·op(B) + β·C; see {@link dev.kindling.linalg.Blas#gemm}. */
  void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      A a,
      int aOffset,
      int lda,
      A b,
      int ldb,
      double beta,
      A c,
      int cOffset,
      int ldc);

  /** Every column of z ← b, which lies in w from an offset on. */
  void offsets(A w, int offset, int units, int rows, A z);

  /** h ← activation of z, in place; {@code slope} ← its derivative. */
  void activate(Activation activation, A z, A slope, int length);

  /** d ← d ∘ slope. */
  void times(A d, A slope, int length);

  /** g[offset, …) ← sums of the rows of d. */
  void sums(A d, int units, int rows, A g, int offset);

  /** h and slope of a layer ← 0 where a unit is left out, else divided by 1 − rate. */
  void drop(Dropout dropout, int layer, A h, A slope, int units, int rows);

  /**
   * Softmax cross-entropy: d ← weight·(p − onehot).
   *
   * @param weight null for 1
   */
  LossSum crossEntropy(A z, int classes, int rows, double[] y, double[] weight, A d);

  /** Half the squared error: d ← weight·(z − y). */
  LossSum squared(A z, int rows, double[] y, double[] weight, A d);

  void widen(A from, double[] to, int length);

  /** a ← a + b. */
  void add(A a, A b);

  /** g ← factor·a. */
  void scaled(double factor, A a, double[] g);
}
