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

  /** Graphs of a group: a task holds their kernel with an eighth of the landmarks' pieces. */
  static final int MOST_GRAPHS = 1 << 13;

  /**
   * Decided by the graphs alone, as the bits depend on it.
   *
   * @param sizes by block and level
   */
  static BlockGroups of(long[][] sizes, GraphBlocks.Layout layout) {
    IntStream.Builder firsts = IntStream.builder();
    long colors = 0;
    int graphs = 0;
    for (int block = 0; block < sizes.length; block++) {
      long own = Arrays.stream(sizes[block]).max().orElse(0);
      colors += own;
      graphs += layout.length(block);
      if (block == 0 || colors > MOST_COLORS || graphs > MOST_GRAPHS) {
        firsts.add(block);
        colors = own;
        graphs = layout.length(block);
      }
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
