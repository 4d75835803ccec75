package dev.kindling.gntk;

import java.io.Serializable;

/**
 * What defines a graph-level kernel (Du et al. 2019, section 3).
 *
 * @param blocks number of BLOCKs, at least 0; each aggregates once and applies {@code mlpLayers}
 *     ReLU layers. The authors' public code calls {@code blocks + 1} its number of layers.
 * @param mlpLayers R, ReLU layers in a BLOCK, at least 1
 * @param scale the aggregation's c_u
 * @param jumpingKnowledge whether the kernels of all levels are summed, level 0 (the features)
 *     included
 * @param factor multiplies the kernel; the public code's is 2. Positive and finite
 */
public record GntkParameters(
    int blocks, int mlpLayers, Scale scale, boolean jumpingKnowledge, double factor)
    implements Serializable {

  /** BLOCKs, at most. */
  public static final int MOST_BLOCKS = 64;

  /** c_u in h_u = c_u Σ h_v over the closed neighbourhood. */
  public enum Scale {
    /** c_u = 1. */
    UNIFORM,
    /** c_u = 1 / (degree + 1). */
    DEGREE
  }

  /**
   * @throws IllegalArgumentException for a value out of its range, naming it
   */
  public GntkParameters {
    if (blocks < 0 || blocks > MOST_BLOCKS) {
      throw new IllegalArgumentException("blocks must be between 0 and 64, got " + blocks);
    }
    if (mlpLayers < 1 || mlpLayers > 64) {
      throw new IllegalArgumentException("mlpLayers must be between 1 and 64, got " + mlpLayers);
    }
    if (scale == null) {
      throw new IllegalArgumentException("scale must be given");
    }
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("factor must be positive and finite, got " + factor);
    }
  }

  /** The same kernel with another number of BLOCKs. */
  public GntkParameters withBlocks(int number) {
    return new GntkParameters(number, mlpLayers, scale, jumpingKnowledge, factor);
  }

  /** Whether Θ of {@code level} enters the kernel. */
  public boolean reads(int level) {
    return jumpingKnowledge || level == blocks;
  }

  /** How many levels enter the kernel: its parts, in ascending order. */
  public int parts() {
    return jumpingKnowledge ? blocks + 1 : 1;
  }
}
