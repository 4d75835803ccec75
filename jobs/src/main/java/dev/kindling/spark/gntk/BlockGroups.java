package dev.kindling.spark.gntk;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Blocks of graphs one after the other that are taken together, so that colours in common are one
 * row.
 *
 * @param firsts first block of each group, and last the number of blocks
 */
record BlockGroups(int[] firsts) implements Serializable {
  /** Colours of a level that a group may have before those in common are found. */
  static final long MOST_COLORS = 1 << 16;

  /** Decided by the graphs alone, as the bits depend on it. */
  static BlockGroups of(long[][] sizes) {
    IntStream.Builder firsts = IntStream.builder();
    long inGroup = Long.MAX_VALUE;
    for (int block = 0; block < sizes.length; block++) {
      long own = Arrays.stream(sizes[block]).max().orElse(0);
      if (inGroup > MOST_COLORS - own) {
        firsts.add(block);
        inGroup = 0;
      }
      inGroup += own;
    }
    return new BlockGroups(firsts.add(sizes.length).build().toArray());
  }

  /** Each block alone. */
  static BlockGroups single(int blocks) {
    return new BlockGroups(IntStream.rangeClosed(0, blocks).toArray());
  }

  int count() {
    return firsts.length - 1;
  }

  int first(int group) {
    return firsts[group];
  }

  /** The first graph. */
  int row(int group, GraphBlocks.Layout layout) {
    return layout.first(first(group));
  }

  /** After the last block. */
  int end(int group) {
    return firsts[group + 1];
  }

  /** The group that a block is in. */
  int of(int block) {
    int found = Arrays.binarySearch(firsts, block);
    return found >= 0 ? found : -2 - found;
  }

  int graphs(int group, GraphBlocks.Layout layout) {
    int last = end(group) - 1;
    return layout.first(last) + layout.length(last) - layout.first(first(group));
  }
}
