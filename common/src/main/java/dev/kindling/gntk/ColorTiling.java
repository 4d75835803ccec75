package dev.kindling.gntk;

import java.io.Serializable;

/**
 * How the colours of a level fall into blocks. Decided by their number alone, so that sums run in
 * the same order everywhere.
 *
 * @param colors C_l
 */
public record ColorTiling(int colors) implements Serializable {
  /**
   * Colours a block: a tile of Σ and one of Θ take 4 MB, two transposed copies fit beside them in a
   * core's share of the cache.
   */
  public static final int BLOCK = 512;

  public static ColorTiling of(int colors) {
    return new ColorTiling(colors);
  }

  public int blocks() {
    return (colors + BLOCK - 1) / BLOCK;
  }

  public int first(int block) {
    return block * BLOCK;
  }

  public int length(int block) {
    return Math.min(BLOCK, colors - first(block));
  }
}
