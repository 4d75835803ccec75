package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorTiling;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/** What a kernel will take, once the colours are counted. */
final class GntkPlanner {
  /**
   * Core seconds, fitted to NCI1 at 3 blocks of 2 and 6 layers (40 and 60 s): a ReLU layer on a
   * pair of colours, all else on it.
   */
  private static final double LAYER = 18e-9;

  private static final double PAIR = 75e-9;

  /** A byte of a level's tiles that a block row of the next one streams. */
  private static final double STREAM = 1e-9;

  /** A byte of a product that is written and read once. */
  private static final double PRODUCT = 4e-9;

  /** While the JVM compiles. */
  private static final double WARM_UP = 4;

  private GntkPlanner() {}

  static Plan plan(
      JavaSparkContext spark,
      GraphSummary graphs,
      ColorLevels colors,
      GntkParameters parameters,
      GraphBlocks.Layout layout,
      boolean csv,
      EarlierKernel earlier) {
    Plan plan = new Plan();
    plan.say(
        String.format(
            Locale.ROOT,
            "%,d graphs, %,d nodes, %,d edges; %s aggregation, %d blocks of %d ReLU layers",
            graphs.graphs(),
            graphs.nodes(),
            graphs.edges(),
            parameters.scale().toString().toLowerCase(Locale.ROOT),
            parameters.blocks(),
            parameters.mlpLayers()));
    if (earlier == null) {
      kernel(plan, spark, graphs, colors, parameters, layout);
    } else {
      plan.say("kernel: read from " + earlier.shown() + ", not computed");
    }
    tables(plan, colors);
    double n = layout.graphs();
    if (csv && earlier == null) {
      plan.needs(
          String.format(Locale.ROOT, "--export csv of %,.0f × %,.0f, on the driver", n, n),
          8.0 * n * layout.size(),
          Memory.driver(),
          "Leave --export out.");
    }
    return plan;
  }

  private static void kernel(
      Plan plan,
      JavaSparkContext spark,
      GraphSummary graphs,
      ColorLevels colors,
      GntkParameters parameters,
      GraphBlocks.Layout layout) {
    StringBuilder counts = new StringBuilder();
    double seconds = 0;
    double n = layout.graphs();
    double disk = 8 * n * n;
    double readOut = 0;
    long widest = 0;
    long previous = 0;
    for (int level = 0; level <= parameters.blocks(); level++) {
      long c = colors.size(level);
      counts.append(level == 0 ? "" : " / ").append(String.format(Locale.ROOT, "%,d", c));
      widest = Math.max(widest, c);
      if (level > 0) {
        double pairs = 0.5 * c * (c + ColorTiling.BLOCK);
        seconds += pairs * (parameters.mlpLayers() * LAYER + PAIR);
        if (level > 1) {
          double below = 0.5 * previous * (previous + ColorTiling.BLOCK);
          seconds += 16 * below * ColorTiling.of((int) c).blocks() * STREAM;
        }
        if (parameters.reads(level)) {
          seconds += 8 * c * n * PRODUCT;
          disk += 8 * c * n;
        }
        disk += level < parameters.blocks() ? 16 * pairs : 0;
        double row =
            32.0 * ColorTiling.BLOCK * previous
                + 48.0 * ColorTiling.BLOCK * ColorTiling.BLOCK
                + 8.0 * ColorTiling.BLOCK * n
                + 12.0 * graphs.nodes() * (parameters.blocks() + 1);
        plan.needs(
            "level " + level + ", a task",
            row,
            Memory.task(spark),
            "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…, or fewer --blocks.");
      }
      if (parameters.reads(level)) {
        readOut += 8.0 * c * layout.size();
      }
      previous = c;
    }
    plan.say("colours at levels 0 to " + parameters.blocks() + ": " + counts);
    plan.say(
        "engine colors: exact, "
            + String.format(
                Locale.ROOT, "%,d nodes compressed to %,d colours", graphs.nodes(), widest));
    plan.needs(
        "read-out, a task",
        readOut + 24.0 * layout.size() * layout.size(),
        Memory.task(spark),
        "Give more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
    plan.say(
        String.format(
            Locale.ROOT,
            "on disk: %s while running, %s for the Gram matrix in %,d tiles",
            Plan.bytes(disk),
            Plan.bytes(4 * n * (n + 1)),
            layout.tiles()));
    plan.say(
        String.format(
            Locale.ROOT,
            "kernel: about %.0f s of one core, to be shared by all",
            seconds + WARM_UP));
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
