package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorTiling;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TileSide;
import dev.kindling.linalg.Precision;
import java.util.Arrays;

/**
 * Which engine computes a kernel, and what each would take. Decided by the graphs and the options
 * alone: the engine decides the last bits.
 *
 * @param engine not auto
 * @param precision what it computes with
 * @param reason why, for a person
 * @param seconds of one core, predicted
 */
record EngineChoice(GntkOptions.Engine engine, Precision precision, String reason, double seconds) {
  /*
   * Core seconds, fitted to NCI1 at 3 blocks of 2 and 6 layers (colors), PROTEINS at 3 blocks
   * (tiles) and BZR (dense): a ReLU layer on a pair, and all else on it.
   */
  private static final double LAYER = 5e-9;
  private static final double COLOR_PAIR = 60e-9;
  private static final double TILE_PAIR = 16e-9;

  /** What floats take of the time of doubles, on BZR. */
  private static final double FLOATS = 0.6;

  /** A byte of a level's tiles that a block row of the next one streams. */
  private static final double STREAM = 1e-9;

  /** A byte of a product that is written and read once. */
  private static final double PRODUCT = 4e-9;

  /** What is left of the colours of chunks where a group of blocks has each once, on NCI1. */
  private static final double ONCE = 0.4;

  /** While the JVM compiles. */
  private static final double WARM_UP = 3;

  /** Below this nothing else is looked at. */
  private static final double SMALL = 10;

  /**
   * @throws BadInput if the engine that was asked for cannot compute this kernel
   */
  static EngineChoice of(
      GntkOptions.Engine asked,
      Precision precision,
      GraphBlocks blocks,
      GraphSummary graphs,
      ColorLevels colors,
      KernelFamily kernels,
      boolean attributes) {
    GntkParameters parameters = kernels.largest();
    if (attributes && asked == GntkOptions.Engine.colors) {
      throw new BadInput(
          "--engine colors: node attributes make no few colours; give --engine dense or auto");
    }
    if (attributes || asked == GntkOptions.Engine.dense) {
      boolean auto = asked == GntkOptions.Engine.auto;
      return new EngineChoice(
          auto ? GntkOptions.Engine.dense : asked,
          precision,
          auto ? "the nodes have continuous attributes" : "as asked for",
          tiles(nodes(graphs, parameters), parameters, precision));
    }
    if (asked == GntkOptions.Engine.tiles || precision == Precision.FLOAT) {
      return new EngineChoice(
          GntkOptions.Engine.tiles,
          precision,
          asked == GntkOptions.Engine.tiles
              ? "as asked for"
              : "colors does not compute with floats",
          tiles(chunks(blocks, parameters), parameters, precision));
    }
    double byColors = colors(colors, kernels, blocks.layout().graphs());
    if (asked == GntkOptions.Engine.colors) {
      return new EngineChoice(asked, precision, "as asked for", byColors);
    }
    if (kernels.isSeveral()) {
      return new EngineChoice(
          GntkOptions.Engine.colors,
          precision,
          "several numbers of blocks share its levels",
          byColors);
    }
    if (byColors < SMALL) {
      return new EngineChoice(
          GntkOptions.Engine.colors,
          precision,
          Words.of("%,d nodes compressed to %,d colours", graphs.nodes(), widest(colors)),
          byColors);
    }
    double byTiles = tiles(chunks(blocks, parameters), parameters, precision);
    boolean better = byTiles < byColors;
    return new EngineChoice(
        better ? GntkOptions.Engine.tiles : GntkOptions.Engine.colors,
        precision,
        Words.of(
            "%,d nodes compressed to %,d colours; about %.0f s of one core by colors, %.0f s by tiles",
            graphs.nodes(), widest(colors), byColors, byTiles),
        Math.min(byTiles, byColors));
  }

  /**
   * For the kernel of all graphs with m of them.
   *
   * @param columns m, as often as they are computed
   */
  static EngineChoice landmarks(
      GntkOptions.Engine asked,
      GraphBlocks blocks,
      GraphSummary graphs,
      GntkParameters parameters,
      boolean attributes,
      double columns) {
    boolean dense =
        asked == GntkOptions.Engine.dense || (attributes && asked == GntkOptions.Engine.auto);
    double whole =
        tiles(
                dense ? nodes(graphs, parameters) : chunks(blocks, parameters),
                parameters,
                Precision.DOUBLE)
            - WARM_UP;
    return new EngineChoice(
        dense ? GntkOptions.Engine.dense : GntkOptions.Engine.tiles,
        Precision.DOUBLE,
        asked != GntkOptions.Engine.auto
            ? "as asked for"
            : dense
                ? "the nodes have continuous attributes"
                : "each colour of a group of blocks once, beside those of some landmarks",
        WARM_UP + whole * (dense ? 1 : ONCE) * Math.min(1, 2 * columns / graphs.graphs()));
  }

  private static long widest(ColorLevels colors) {
    long widest = 0;
    for (int level = 0; level <= colors.blocks(); level++) {
      widest = Math.max(widest, colors.size(level));
    }
    return widest;
  }

  private static double colors(ColorLevels colors, KernelFamily kernels, double graphs) {
    double seconds = WARM_UP;
    double below = 0;
    for (int level = 1; level <= colors.blocks(); level++) {
      double c = colors.size(level);
      double pairs = 0.5 * c * (c + ColorTiling.BLOCK);
      seconds += pairs * (kernels.largest().mlpLayers() * LAYER + COLOR_PAIR);
      seconds += 16 * below * ColorTiling.of(colors.size(level)).blocks() * STREAM;
      seconds += kernels.reads(level) ? 8 * c * graphs * PRODUCT : 0;
      below = pairs;
    }
    return seconds;
  }

  private static double tiles(long[] sizes, GntkParameters parameters, Precision precision) {
    double seconds = 0;
    for (int level = 1; level < sizes.length; level++) {
      double pairs = 0.5 * sizes[level] * sizes[level];
      seconds += pairs * (parameters.mlpLayers() * LAYER + TILE_PAIR);
    }
    return WARM_UP + seconds * (precision == Precision.FLOAT ? FLOATS : 1);
  }

  private static long[] nodes(GraphSummary graphs, GntkParameters parameters) {
    long[] sizes = new long[parameters.blocks() + 1];
    Arrays.fill(sizes, graphs.nodes());
    return sizes;
  }

  /** Colours of all chunks together, by level: one pass over the graphs, as colouring is. */
  private static long[] chunks(GraphBlocks blocks, GntkParameters parameters) {
    int levels = parameters.blocks();
    return blocks
        .rdd()
        .map(block -> TileSide.chunkedColors(GraphBlocks.graphs(block._2()), levels))
        .reduce(
            (a, b) -> {
              long[] sum = a.clone();
              for (int level = 0; level < sum.length; level++) {
                sum[level] += b[level];
              }
              return sum;
            });
  }
}
