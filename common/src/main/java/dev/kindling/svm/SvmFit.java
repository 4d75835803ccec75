package dev.kindling.svm;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;

/**
 * A trained machine: f(x) = b + Σ_k K(x, rows[k]) a_k, m values.
 *
 * @param cost C
 * @param rows the r training rows
 * @param coefficients a, r×m; 0 where a row is no support vector
 * @param intercept b, 1×m
 */
public record SvmFit(double cost, int[] rows, Matrix coefficients, Matrix intercept) {
  /** Rows with a coefficient that is not 0. */
  public int supportVectors() {
    int count = 0;
    for (int k = 0; k < rows.length; k++) {
      boolean supports = false;
      for (int c = 0; c < coefficients.cols(); c++) {
        supports |= coefficients.get(k, c) != 0;
      }
      count += supports ? 1 : 0;
    }
    return count;
  }

  /** As a function of the kernel to all n rows. */
  KernelFunction function(int n) {
    Matrix all = Matrix.zeros(n, coefficients.cols());
    for (int c = 0; c < coefficients.cols(); c++) {
      for (int k = 0; k < rows.length; k++) {
        all.set(rows[k], c, coefficients.get(k, c));
      }
    }
    return new KernelFunction(cost, all, intercept);
  }
}
