package dev.kindling.kernel;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * What was learnt: f(x) = 1bᵀ + K(x, fitted) A, m values a row.
 *
 * @param parameter the penalty λ, or the cost C, of the fit
 * @param coefficients A, n×m
 * @param intercept b, 1×m
 */
public record KernelFunction(double parameter, Matrix coefficients, Matrix intercept)
    implements Serializable {
  /**
   * The coefficients for a kernel that is not normalised: those of this one, for s_i K_ij s_j,
   * times s. For new rows x what remains is the factor s(x).
   *
   * @param scales s, as {@link Normalization#apply} gives them. Not modified
   */
  public KernelFunction scaled(double[] scales) {
    Matrix scaled = coefficients.copy();
    for (int c = 0; c < scaled.cols(); c++) {
      for (int i = 0; i < scales.length; i++) {
        scaled.set(i, c, scaled.get(i, c) * scales[i]);
      }
    }
    return new KernelFunction(parameter, scaled, intercept);
  }
}
