package dev.kindling.spark.report;

import dev.kindling.Words;

/**
 * The colour scale viridis (Smith and van der Walt 2015, matplotlib): equal steps look equal, in
 * grey and to colour-blind eyes too. Seventeen of its colours, and straight lines between them.
 */
final class Viridis {
  static final int LEVELS = 64;

  private static final int[] ANCHORS = {
    0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
    0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725
  };

  private Viridis() {}

  /** {@code #rrggbb} of a level of 0…{@link #LEVELS} − 1. */
  static String colour(int level) {
    double place = level * (ANCHORS.length - 1.0) / (LEVELS - 1);
    int below = Math.min((int) place, ANCHORS.length - 2);
    double t = place - below;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = ANCHORS[below] >> shift & 0xff;
      int b = ANCHORS[below + 1] >> shift & 0xff;
      rgb |= (int) Math.round(a + t * (b - a)) << shift;
    }
    return Words.of("#%06x", rgb);
  }

  /** Whether dark text is the readable one on a level. */
  static boolean isLight(int level) {
    return level > 0.55 * LEVELS;
  }
}
