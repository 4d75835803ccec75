package dev.kindling.sketch;

import java.util.Locale;

/** The families of {@link Sketch}. */
public enum SketchKind {
  /**
   * Independent normal entries: the law of {@link ChiSquareLaw} is exact. m·k numbers in memory.
   */
  GAUSSIAN,
  /**
   * Subsampled randomised Hadamard transform: k log k operations a vector whatever m is, k numbers
   * in memory. Close to the law of the Gaussian one for m ≪ k.
   */
  SRHT,
  /** Eight non-zeros a column: 8 operations for each number of a vector that is not zero. */
  OSNAP;

  /**
   * A sketch.
   *
   * @param rows m ≥ 1
   * @param columns k ≥ 1
   * @throws IllegalArgumentException if the family has none of that shape
   */
  public Sketch create(int rows, int columns, long seed) {
    return switch (this) {
      case GAUSSIAN -> new GaussianSketch(rows, columns, seed);
      case SRHT -> new HadamardSketch(rows, columns, seed);
      case OSNAP -> new SparseSketch(rows, columns, seed);
    };
  }

  /** The most rows that a sketch of so many columns can have. */
  public int mostRows(int columns) {
    return this == SRHT ? HadamardSketch.order(columns) : Integer.MAX_VALUE;
  }

  /** As an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
