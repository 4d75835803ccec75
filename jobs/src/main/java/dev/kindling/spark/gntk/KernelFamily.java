package dev.kindling.spark.gntk;

import dev.kindling.gntk.GntkParameters;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The kernels of one run: equal but for the number of BLOCKs. Levels of the largest are levels of
 * all.
 *
 * @param largest the one with the most BLOCKs
 * @param blocks the numbers of BLOCKs, ascending
 */
record KernelFamily(GntkParameters largest, List<Integer> blocks) implements Serializable {
  /** One kernel. */
  static KernelFamily of(GntkParameters only) {
    return new KernelFamily(only, List.of(only.blocks()));
  }

  /**
   * @param blocks different numbers, at least one, in any order
   * @param any the rest of the parameters
   */
  static KernelFamily of(List<Integer> blocks, GntkParameters any) {
    List<Integer> ascending = blocks.stream().sorted().toList();
    return new KernelFamily(
        any.withBlocks(ascending.get(ascending.size() - 1)), List.copyOf(ascending));
  }

  int size() {
    return blocks.size();
  }

  boolean isSeveral() {
    return size() > 1;
  }

  /** By number of BLOCKs, ascending. */
  List<GntkParameters> all() {
    return blocks.stream().map(largest::withBlocks).toList();
  }

  /** Whether Θ of a level enters one of them. */
  boolean reads(int level) {
    return all().stream().anyMatch(p -> level <= p.blocks() && p.reads(level));
  }

  /** "3"; of several "1, 2 or 3". */
  String shown(String conjunction) {
    String last = Integer.toString(largest.blocks());
    String before =
        blocks.stream().limit(size() - 1L).map(String::valueOf).collect(Collectors.joining(", "));
    return isSeveral() ? before + " " + conjunction + " " + last : last;
  }
}
