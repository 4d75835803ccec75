package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorTiling;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TileSide;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/** What a kernel will take, once the colours are counted. */
final class GntkPlanner {
  private static final String MORE_MEMORY =
      "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…";

  private GntkPlanner() {}

  static Plan plan(
      JavaSparkContext spark,
      GraphSummary graphs,
      ColorLevels colors,
      KernelFamily kernels,
      GraphBlocks.Layout layout,
      boolean csv,
      EngineChoice engine,
      EarlierKernel earlier) {
    Plan plan = new Plan();
    describe(plan, graphs, kernels);
    if (earlier == null) {
      kernel(plan, spark, graphs, colors, kernels, layout, engine);
    } else {
      plan.say("kernel: read from " + earlier.shown() + ", not computed");
    }
    tables(plan, colors);
    double n = layout.graphs();
    if (csv && earlier == null) {
      plan.needs(
          Words.of("--export csv of %,.0f × %,.0f, on the driver", n, n),
          8.0 * n * layout.size(),
          Memory.driver(),
          "Leave --export out.");
    }
    return plan;
  }

  private static void describe(Plan plan, GraphSummary graphs, KernelFamily kernels) {
    GntkParameters parameters = kernels.largest();
    plan.say(
        Words.of(
            "%,d graphs, %,d nodes, %,d edges; %s aggregation, %s blocks of %d ReLU layers",
            graphs.graphs(),
            graphs.nodes(),
            graphs.edges(),
            parameters.scale().toString().toLowerCase(Locale.ROOT),
            kernels.shown("or"),
            parameters.mlpLayers()));
  }

  /**
   * What an approximation by landmarks will take.
   *
   * @param folds of the ridge; negative without one
   */
  static Plan landmarks(
      JavaSparkContext spark,
      GraphSummary graphs,
      GntkParameters parameters,
      GraphBlocks.Layout layout,
      EngineChoice engine,
      LandmarkOptions options,
      int folds) {
    Plan plan = new Plan();
    describe(plan, graphs, KernelFamily.of(parameters));
    double n = layout.graphs();
    double m = options.count();
    double passes = options.by() == LandmarkOptions.By.leverage ? 2 : 1;
    plan.say(
        Words.of(
            "%,d landmarks of %,d graphs, %s: approximated by Nyström; %,.0f of %,.0f kernel values computed",
            options.count(), layout.graphs(), options.by(), passes * n * m, n * (n + 1) / 2));
    plan.say("engine " + engine.engine() + ": " + engine.reason());
    double sides = tiles(plan, spark, graphs, parameters, layout, Precision.DOUBLE);
    double width = parameters.parts() * options.mostColumns();
    double r = options.features();
    plan.needs(
        "columns of a slice of the landmarks, a task",
        32.0 * Math.min(graphs.nodes(), BlockGroups.MOST_COLORS) * TileSide.FEW_NODES
            + 2 * n / layout.blocks() * width,
        Memory.task(spark),
        MORE_MEMORY + ", or fewer --landmarks.");
    plan.needs(
        "columns of a block, a task",
        24.0 * width * layout.size() + 8 * width * r,
        Memory.task(spark),
        MORE_MEMORY + ", or fewer --landmarks.");
    plan.needs(
        "the kernel between landmarks and the map to features, on the driver",
        8 * width * width / parameters.parts() + 24 * width * r,
        Memory.driver(),
        "Give the driver more memory, or fewer --landmarks or --landmark-pieces.");
    if (folds >= 0) {
      plan.needs(
          Words.of("ridge on %,.0f features, one task", r),
          40.0 * r * r + 24.0 * r * layout.size(),
          Memory.task(spark),
          MORE_MEMORY + ", or fewer --landmark-features.");
    }
    plan.say(
        Words.of(
            "on disk: %s while running, %s for the features",
            Plan.bytes(
                2 * sides
                    + 8 * n * (width + (passes - 1) * m + r)
                    + Math.max(0, folds + 1) * 8 * r * r),
            Plan.bytes(8 * n * r)));
    plan.say(Words.of("kernel: about %.0f s of one core, to be shared by all", engine.seconds()));
    return plan;
  }

  private static void kernel(
      Plan plan,
      JavaSparkContext spark,
      GraphSummary graphs,
      ColorLevels colors,
      KernelFamily kernels,
      GraphBlocks.Layout layout,
      EngineChoice engine) {
    GntkParameters parameters = kernels.largest();
    StringBuilder counts = new StringBuilder();
    for (int level = 0; level <= parameters.blocks(); level++) {
      counts.append(level == 0 ? "" : " / ");
      counts.append(Words.of("%,d", colors.size(level)));
    }
    plan.say("colors at levels 0 to " + parameters.blocks() + ": " + counts);
    plan.say(
        Words.of(
            "engine %s: %s; %s",
            engine.engine(),
            engine.precision() == Precision.FLOAT
                ? "exact but for the rounding of floats"
                : "exact",
            engine.reason()));
    double n = layout.graphs();
    double disk =
        engine.engine() == GntkOptions.Engine.colors
            ? colors(plan, spark, graphs, colors, kernels, layout)
            : tiles(plan, spark, graphs, parameters, layout, engine.precision());
    plan.say(
        Words.of(
            "on disk: %s while running, %s for the Gram matrix in %,d tiles",
            Plan.bytes(disk), Plan.bytes(4 * n * (n + 1)), layout.tiles()));
    plan.say(Words.of("kernel: about %.0f s of one core, to be shared by all", engine.seconds()));
  }

  private static double colors(
      Plan plan,
      JavaSparkContext spark,
      GraphSummary graphs,
      ColorLevels colors,
      KernelFamily kernels,
      GraphBlocks.Layout layout) {
    double n = layout.graphs();
    int blocks = kernels.largest().blocks();
    // Of several kernels each one's Gram matrix is kept, too, until one is chosen.
    double disk =
        kernels.size() * 4 * n * n + (kernels.isSeveral() ? kernels.size() * 4 * n * n : 0);
    long previous = colors.size(0);
    for (int level = 1; level <= blocks; level++) {
      long c = colors.size(level);
      disk += kernels.reads(level) ? 8 * c * n : 0;
      disk += level < blocks ? 8.0 * c * (c + ColorTiling.BLOCK) : 0;
      double row =
          32.0 * ColorTiling.BLOCK * previous
              + 48.0 * ColorTiling.BLOCK * ColorTiling.BLOCK
              + 8.0 * ColorTiling.BLOCK * n
              + 12.0 * graphs.nodes() * (blocks + 1);
      plan.needs(
          "level " + level + ", a task",
          row,
          Memory.task(spark),
          MORE_MEMORY + ", --engine tiles, or fewer --blocks.");
      previous = c;
    }
    double readOut =
        kernels.all().stream().mapToDouble(p -> readOut(colors, p, layout)).max().orElseThrow();
    plan.needs(
        "read-out, a task",
        readOut + 24.0 * layout.size() * layout.size(),
        Memory.task(spark),
        MORE_MEMORY + ".");
    return disk;
  }

  /** Bytes of a block column of the products. */
  private static double readOut(
      ColorLevels colors, GntkParameters parameters, GraphBlocks.Layout layout) {
    double bytes = 0;
    for (int level = 1; level <= parameters.blocks(); level++) {
      bytes += parameters.reads(level) ? 8.0 * colors.size(level) * layout.size() : 0;
    }
    return bytes;
  }

  private static double tiles(
      Plan plan,
      JavaSparkContext spark,
      GraphSummary graphs,
      GntkParameters parameters,
      GraphBlocks.Layout layout,
      Precision precision) {
    double inBlock = Math.min(graphs.nodes(), (double) graphs.largest() * layout.size());
    double chunk = Math.max(TileSide.MOST_NODES, graphs.largest());
    double aNode = 60.0 * (parameters.blocks() + 1) + 8.0 * graphs.mostAttributes();
    plan.needs(
        "a tile of " + layout.size() + " × " + layout.size() + " graphs, a task",
        (precision == Precision.FLOAT ? 20 : 40) * chunk * chunk
            + 2 * aNode * inBlock
            + 8.0 * layout.size() * layout.size(),
        Memory.task(spark),
        MORE_MEMORY + ".");
    return aNode * graphs.nodes();
  }

  private static void tables(Plan plan, ColorLevels colors) {
    plan.needs(
        "colour tables, on the driver and on each executor",
        150.0 * total(colors),
        Memory.driver(),
        "Give the driver more memory, or fewer --blocks.");
  }

  private static long total(ColorLevels colors) {
    long total = 0;
    for (int level = 0; level <= colors.blocks(); level++) {
      total += colors.size(level);
    }
    return total;
  }
}
