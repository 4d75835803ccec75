package dev.kindling.linalg;

import dev.kindling.Words;

/**
 * Minimises a smooth function by limited-memory BFGS with a line search for the strong Wolfe
 * conditions (Nocedal and Wright 2006, algorithms 7.5 and 3.5; breeze's code).
 *
 * <p>Keeps 2·memory vectors of the point's length.
 */
public final class Lbfgs {
  private Lbfgs() {}

  /** A differentiable function. */
  @FunctionalInterface
  public interface Objective {
    /**
     * @param x not to be modified
     * @param gradient of x's length, zeros. Modified: becomes the gradient at x.
     * @return the value at x
     */
    double evaluate(double[] x, double[] gradient);
  }

  /**
   * @param memory pairs of differences that are kept, at least 1
   * @param maxIterations steps, at least 0
   * @param tolerance ends at ‖g‖ ≤ tolerance·max(1, ‖g at the start‖); positive. Below about 1e-8
   *     the rounding of the value ends the search first, as {@link End#NO_PROGRESS}
   */
  public record Settings(int memory, int maxIterations, double tolerance) {
    public static final Settings DEFAULT = new Settings(10, 200, 1e-6);

    public Settings {
      if (memory < 1 || maxIterations < 0 || !(tolerance > 0)) {
        throw new IllegalArgumentException(
            Words.of(
                "L-BFGS: memory %s must be ≥ 1, maxIterations %s ≥ 0 and tolerance %s > 0",
                memory, maxIterations, tolerance));
      }
    }
  }

  /** Why the steps ended. */
  public enum End {
    /** The gradient is as small as was asked for. */
    CONVERGED,
    MAX_ITERATIONS,
    /** No step lowers the value any more: rounding, or a gradient that is not that of the value. */
    NO_PROGRESS
  }

  /** The last point, with what is known there. */
  public record Result(double[] x, double value, double gradientNorm, int iterations, End end) {}

  /**
   * @param start not modified
   * @throws IllegalArgumentException if the value or the gradient at the start is not finite
   */
  public static Result minimize(Objective objective, double[] start, Settings settings) {
    double[] small = {Double.NaN};
    Breeze.Step last =
        Breeze.lbfgs(
            objective,
            start,
            settings.memory(),
            step -> {
              double norm = Blas.nrm2(step.gradient());
              if (step.iteration() == 0) {
                requireFinite(step.value(), norm);
                small[0] = settings.tolerance() * Math.max(1, norm);
              }
              return norm <= small[0] || step.iteration() >= settings.maxIterations();
            });
    double norm = Blas.nrm2(last.gradient());
    End end =
        norm <= small[0]
            ? End.CONVERGED
            : last.iteration() >= settings.maxIterations() ? End.MAX_ITERATIONS : End.NO_PROGRESS;
    return new Result(last.x(), last.value(), norm, last.iteration(), end);
  }

  private static void requireFinite(double value, double norm) {
    if (!Double.isFinite(value) || !Double.isFinite(norm)) {
      throw new IllegalArgumentException(
          "L-BFGS: at the start the value is " + value + ", the gradient's norm " + norm);
    }
  }
}
