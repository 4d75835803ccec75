package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.Audit;
import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What is attacked, and how hard. */
final class AuditOptions {
  private static final int MOST_DIMENSIONS = 16_384;

  /** The normal equations of 256 dimensions are a matrix of 32,896². */
  private static final int MOST_GRAM = 256;

  private static final int MOST_DRAWS = 999;

  @Option(
      names = "--dimension",
      paramLabel = "k",
      defaultValue = "256",
      description = "Dimension of the points. Default: ${DEFAULT-VALUE}.")
  int dimension;

  @Option(
      names = "--gram-dimension",
      paramLabel = "g",
      description =
          "Coordinates in which the gram attack's points differ; it solves for g(g+1)/2 unknowns. Default: 48, or --dimension where that is less.")
  Integer gramDimension;

  @Option(
      names = "--answers",
      paramLabel = "N",
      defaultValue = "16384",
      description = "Answers that the answers attack sees. Default: ${DEFAULT-VALUE}.")
  long answers;

  @Option(
      names = "--eps",
      paramLabel = "ε",
      defaultValue = "0.2",
      description =
          "An answer is wrong if it is off by more than this share. Default: ${DEFAULT-VALUE}.")
  double epsilon;

  @Option(
      names = "--delta",
      paramLabel = "δ",
      defaultValue = "0.001",
      description = "Share of answers that may be wrong. Default: ${DEFAULT-VALUE}.")
  double delta;

  @Option(
      names = "--sketches",
      paramLabel = "L",
      description =
          "Sketches of the adaptive structure. Default: the practical setting, at least 2k/ε² rows in all.")
  Integer sketches;

  @Option(
      names = "--rows",
      paramLabel = "m",
      description =
          "Rows of each sketch, the fixed one too. Default: so many that a tenth of all sketches are off by more than --eps.")
  Integer rows;

  @Option(
      names = "--draws",
      paramLabel = "r",
      description =
          "Sketches that a query draws, an odd number. Default: for one query of all points of the gram attack to be right but for --delta.")
  Integer draws;

  @Option(
      names = "--sketch",
      paramLabel = "gaussian|srht|osnap",
      defaultValue = "gaussian",
      description = "Family of the sketches. Default: ${DEFAULT-VALUE}.")
  SketchKind sketch;

  /** g. */
  int gram() {
    return gramDimension == null ? Math.min(48, dimension) : gramDimension;
  }

  /**
   * The adaptive structure.
   *
   * @throws BadInput naming the option, its value and what it may be
   */
  AdaptivePlan plan() {
    between("--dimension", dimension, 2, MOST_DIMENSIONS);
    between("--gram-dimension", gram(), 2, Math.min(MOST_GRAM, dimension));
    between("--answers", answers, 1, 1L << 40);
    share("--eps", epsilon);
    share("--delta", delta);
    int m = rows == null ? practical().rows() : rows;
    if (rows == null && m > MOST_DIMENSIONS) {
      throw new BadInput(
          String.format(
              Locale.ROOT,
              "--eps %s: takes sketches of %,d rows, and %,d is the most; give a larger one",
              epsilon,
              m,
              MOST_DIMENSIONS));
    }
    between("--rows", m, 1, MOST_DIMENSIONS);
    requireHadamard(m);
    int r = draws == null ? practical().draws() : draws;
    between("--draws", r, 1, MOST_DRAWS);
    if (r % 2 == 0) {
      throw new BadInput("--draws " + r + ": must be odd, for a median");
    }
    int l = sketches == null ? practical(m, r).sketches() : sketches;
    between("--sketches", l, 1, Integer.MAX_VALUE);
    if (r > l) {
      throw new BadInput(
          "--sketches " + l + ": fewer than the " + r + " that a query draws; give fewer --draws");
    }
    return new AdaptivePlan(l, m, r, false);
  }

  private void requireHadamard(int m) {
    int order = Integer.highestOneBit(dimension - 1) << 1;
    if (sketch == SketchKind.SRHT && m > order) {
      throw new BadInput(
          "--sketch srht: has at most "
              + (order + " rows for --dimension " + dimension + ", and " + m)
              + " are wanted; give fewer --rows, or --sketch gaussian");
    }
  }

  private AdaptivePlan practical() {
    try {
      return AdaptivePlan.practical(dimension, epsilon, delta, Audit.known(gram()));
    } catch (IllegalArgumentException e) {
      throw tooSmall(e);
    }
  }

  private AdaptivePlan practical(int m, int r) {
    try {
      return AdaptivePlan.practical(dimension, epsilon, m, r);
    } catch (IllegalArgumentException e) {
      throw tooSmall(e);
    }
  }

  private BadInput tooSmall(IllegalArgumentException e) {
    return new BadInput("--eps " + epsilon + ": " + e.getMessage() + "; give a larger one", e);
  }

  private static void between(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new BadInput(option + " " + value + ": must be between " + least + " and " + most);
    }
  }

  private static void share(String option, double value) {
    if (!(value > 0 && value < 1)) {
      throw new BadInput(option + " " + value + ": must be above 0 and below 1");
    }
  }

  /** What will run, and what it takes. */
  Plan explain(AdaptivePlan plan) {
    return new Plan()
        .say(structure(plan) + "; the fixed structure is the first of them")
        .say(reads(plan))
        .say(
            String.format(
                Locale.ROOT,
                "gram: one query of %,d points, least squares for %,d unknowns",
                Audit.known(gram()),
                gram() * (gram() + 1) / 2))
        .say(
            String.format(
                Locale.ROOT,
                "answers: %,d, %.1e operations in all",
                answers,
                2.0 * answers * (plan.draws() + 1) * plan.rows() * dimension))
        .needs(
            "the audit on the driver",
            Audit.bytes(sketch, plan, dimension, gram()),
            Memory.driver(),
            "Give a smaller --gram-dimension, fewer --sketches, a larger --eps, or more memory with --conf spark.driver.memory=…");
  }

  String structure(AdaptivePlan plan) {
    return String.format(
        Locale.ROOT,
        "%,d dimensions; %s sketches: %,d of %,d rows, %,d drawn for a query",
        dimension,
        sketch,
        plan.sketches(),
        plan.rows(),
        plan.draws());
  }

  /** What a structure costs beside the exact distance. */
  String reads(AdaptivePlan plan) {
    return String.format(
        Locale.ROOT,
        "the sketches keep %,d numbers of a point and read %,d for an answer; the exact distance keeps and reads %,d",
        plan.numbersPerPoint(),
        plan.draws() * plan.rows(),
        dimension);
  }
}
