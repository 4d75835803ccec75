package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.TileKernel;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Lanczos;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.HelpOption;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.job.Sessions;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a finished kernel against the formulas as they are written. */
@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Checks the Gram matrix of a finished run: random pairs recomputed node by node as the paper writes it, symmetry, golden values, and that no eigenvalue is negative, by Lanczos. Answers on stdout; exit code 4 if something does not hold.",
    },
    footer = {
      "",
      "Example: the kernel between the built-in molecules",
      "  submit/kindling gntk --data bzr --output kindling-runs/bzr",
      "  submit/kindling gntk verify --kernel kindling-runs/bzr --data bzr",
    })
final class VerifyCommand implements Callable<Integer> {
  /** What arccos near 1 costs the literal formula. */
  private static final double TOLERANCE = 1e-7;

  /** What it may cost one ReLU layer in floats, √(2 · 2⁻²²)/π, and about ten times what is seen. */
  private static final double FLOAT_TOLERANCE = 2.2e-4;

  @Option(
      names = "--kernel",
      paramLabel = "RUN",
      required = true,
      description = "The run directory of a gntk run.")
  String run;

  @Mixin GraphInput input;

  @Option(
      names = "--pairs",
      paramLabel = "k",
      defaultValue = "200",
      description = "Random pairs to recompute. Default: ${DEFAULT-VALUE}.")
  int pairs;

  @Option(
      names = "--steps",
      paramLabel = "n",
      defaultValue = "50",
      description = "Lanczos steps. Default: ${DEFAULT-VALUE}.")
  int steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Draws the pairs and the first vector. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "-v", description = "More: warnings, and a stack trace with an error.")
  boolean verbose;

  @Mixin HelpOption help;

  private boolean holds = true;

  @Override
  public Integer call() {
    input.check();
    range("--pairs", pairs);
    range("--steps", steps);
    EarlierKernel kernel = EarlierKernel.open(run, Sessions.hadoop());
    GntkParameters parameters = kernel.parameters();
    NodeLabels labels = kernel.nodeLabels();
    Precision precision = kernel.precision();
    Blas.use(Blas.Mode.AUTO);
    boolean own = !Sessions.isRunning();
    SparkSession spark = Sessions.start("gntk verify");
    try (GraphSet set = input.read(spark, labels.needsAttributes())) {
      kernel.requireSame(set);
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      try (GraphBlocks blocks =
          GraphBlocks.of(set, labels.settled(set), context.defaultParallelism())) {
        GramTable gram = kernel.gram(blocks.layout(), Sessions.hadoop());
        check(new GramCheck(context, gram), blocks, parameters, tolerance(precision));
      }
      golden(parameters, precision);
    } finally {
      if (own) {
        spark.stop();
      }
    }
    Screen.line(System.out, holds ? "all of it holds" : "not all of it holds");
    return holds ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static void range(String option, int value) {
    if (value < 1 || value > 1_000_000) {
      throw new BadInput(option + " " + value + ": must be between 1 and 1000000");
    }
  }

  private static double tolerance(Precision precision) {
    return precision == Precision.FLOAT ? FLOAT_TOLERANCE : TOLERANCE;
  }

  private void check(
      GramCheck check, GraphBlocks blocks, GntkParameters parameters, double tolerance) {
    GramCheck.Literal literal = check.literal(blocks, parameters, pairs, seed);
    say(
        literal.error() <= tolerance,
        "pairs",
        Words.of(
            "%,d recomputed as written: largest difference %.1e √(K(g,g) K(h,h)), of rows %d and %d",
            literal.pairs(), literal.error(), literal.row(), literal.column()));
    say(
        literal.asymmetry() <= TOLERANCE,
        "symmetry",
        Words.of(
            "each entry is kept once; either order of those pairs differs by %.1e at most",
            literal.asymmetry()));
    Lanczos spectrum = check.spectrum(steps, seed);
    say(
        spectrum.smallest() >= -tolerance * spectrum.largest(),
        "spectrum",
        Words.of(
            "after %d Lanczos steps from %.3e to %.3e",
            spectrum.steps(), spectrum.smallest(), spectrum.largest()));
  }

  /**
   * Complete graphs of one tag: 2 n² Σ (1 + l R) at factor 2 with jumping knowledge and degrees.
   */
  private void golden(GntkParameters parameters, Precision precision) {
    double worst = 0;
    for (int n : new int[] {1, 2, 5}) {
      int edges = n * (n - 1) / 2;
      int[] sources = new int[edges];
      int[] targets = new int[edges];
      for (int u = 0, e = 0; u < n; u++) {
        for (int v = u + 1; v < n; v++, e++) {
          sources[e] = u;
          targets[e] = v;
        }
      }
      Graph[] complete = {Graph.of(new int[n], sources, targets)};
      GntkParameters mean =
          new GntkParameters(
              parameters.blocks(),
              parameters.mlpLayers(),
              GntkParameters.Scale.DEGREE,
              true,
              parameters.factor());
      double expected = 0;
      for (int level = 0; level <= parameters.blocks(); level++) {
        expected += parameters.factor() * n * n * (1.0 + level * parameters.mlpLayers());
      }
      double value = TileKernel.gram(complete, mean, false, precision)[0][0];
      worst = Math.max(worst, Math.abs(value - expected) / expected);
    }
    say(
        worst <= tolerance(precision),
        "golden",
        Words.of(
            "complete graphs of 1, 2 and 5 equal nodes: largest relative difference %.1e", worst));
  }

  private void say(boolean ok, String what, String detail) {
    holds &= ok;
    Screen.line(System.out, Words.of("%-8s  %-4s  %s", what, ok ? "ok" : "FAIL", detail));
  }
}
