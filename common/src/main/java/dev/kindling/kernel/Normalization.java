package dev.kindling.kernel;

import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/** What is done to a kernel before something is learnt from it. */
public enum Normalization {
  /** Nothing. */
  NONE {
    @Override
    public double[] apply(Matrix gram) {
      double[] scales = new double[gram.rows()];
      Arrays.fill(scales, 1);
      return scales;
    }
  },
  /** K_ij/√(K_ii K_jj): every graph has length 1, whatever its size. */
  COSINE {
    @Override
    public double[] apply(Matrix gram) {
      int n = gram.rows();
      double[] scales = new double[n];
      for (int i = 0; i < n; i++) {
        double length = Math.sqrt(gram.get(i, i));
        scales[i] = length > 0 ? 1 / length : 0;
      }
      double[] entries = gram.values();
      for (int j = 0, k = 0; j < n; j++) {
        for (int i = 0; i < n; i++, k++) {
          entries[k] = i == j && scales[i] > 0 ? 1 : entries[k] * (scales[i] * scales[j]);
        }
      }
      return scales;
    }
  };

  /**
   * Normalises.
   *
   * @param gram K, n×n with a diagonal that is not negative. Modified
   * @return s, n: the normalised kernel is s_i K_ij s_j; 0 for a graph of length 0
   */
  public abstract double[] apply(Matrix gram);
}
