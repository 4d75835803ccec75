package dev.kindling.sketch;

import dev.kindling.block.RowKeys;

/**
 * Normal numbers by place: the i-th depends on the seed and i alone (Box and Muller 1958, over
 * {@link RowKeys}).
 *
 * <p>With StrictMath: the intrinsics of Math differ between processors in the last bit.
 */
public final class Normals {
  private final long seed;

  public Normals(long seed) {
    this.seed = seed;
  }

  /**
   * Fills {@code into} with the normal numbers from place {@code first} on.
   *
   * @param first even
   * @param into overwritten
   */
  public void fill(long first, double[] into) {
    for (int i = 0; i < into.length; i += 2) {
      double radius = Math.sqrt(-2 * StrictMath.log(RowKeys.even(seed, first + i)));
      double angle = 2 * Math.PI * RowKeys.even(seed, first + i + 1);
      into[i] = radius * StrictMath.cos(angle);
      if (i + 1 < into.length) {
        into[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }
}
