package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import org.apache.spark.api.java.JavaSparkContext;

/** What learning a metric needs. */
final class LearnPlan {
  private static final String MORE = "Give more with --conf spark.driver.memory=…";
  private static final int BLOCK = 256;

  private LearnPlan() {}

  /**
   * @param constraints in one sweep
   * @param points that the constraints may name
   */
  static Plan online(LearnOptions options, int d, long constraints, long points) {
    long steps = constraints * options.timesThrough();
    boolean pola = options.learner() == Learner.pola;
    return new Plan()
        .say(
            Words.of(
                "%s: %,d constraints%s, on up to %,d points of %,d features, on the driver",
                options.learner(),
                constraints,
                options.timesThrough() == 1 ? "" : " in " + options.timesThrough() + " sweeps",
                points,
                d))
        .say(Words.of("%.2g flops", (double) steps * (pola ? 20.0 * d * d * d : 10.0 * d * d)))
        .needs(
            "the points and the constraints on the driver",
            8.0 * 2 * points * d + 40.0 * constraints,
            Memory.driver(),
            "Give fewer constraints, or more memory with --conf spark.driver.memory=…")
        .needs(
            "the metric and its changes on the driver",
            8.0 * d * d * (pola ? 8 : 4),
            Memory.driver(),
            MORE);
  }

  static Plan rca(JavaSparkContext spark, long rows, int d, int classes) {
    double scatter = 8.0 * d * d + 8.0 * classes * (d + 4);
    return new Plan()
        .say(
            Words.of(
                "rca: one pass over %,d rows of %,d features in %,d classes, %.2g flops",
                rows, d, classes, (double) rows * d * d))
        .needs(
            "scatter within classes of some blocks, on each task",
            3 * scatter + 24.0 * PointBlock.ROWS * d,
            Memory.task(spark),
            "Give more with --conf spark.executor.memory=… (in local mode spark.driver.memory), or fewer cores")
        .needs("the covariance and its inverse, on the driver", 6 * scatter, Memory.driver(), MORE);
  }

  static Plan onDriver(LearnOptions options, long rows, int d) {
    boolean nca = options.learner() == Learner.nca;
    int k = nca ? options.ncaRank(d) : d;
    return new Plan()
        .say(
            Words.of(
                nca
                    ? "nca: %,d rows of %,d features, %d rows of U, on the driver; %.2g flops an evaluation, one or two for each of %d steps at most"
                    : "lmnn: %,d rows of %,d features, %d target neighbors, on the driver; %.2g flops for each of %d rounds at most, and its steps",
                rows,
                d,
                nca ? k : options.lmnn().neighbours(),
                nca ? 6.0 * k * rows * rows : 2.0 * d * rows * rows,
                nca ? options.ncaIterations() : options.lmnn().refreshments()))
        .needs(
            "the rows and what " + options.learner() + " keeps of them, on the driver",
            driverBytes(options, rows, d),
            Memory.driver(),
            "Learn from fewer with --sample n, or give more with --conf spark.driver.memory=…");
  }

  /** Of the rows, and what nca or lmnn keeps of them. */
  static double driverBytes(LearnOptions options, long rows, int d) {
    double n = rows;
    double own =
        options.learner() == Learner.nca
            ? 8 * n * (BLOCK + 4.0 * options.ncaRank(d) + d)
            : 8 * n * (BLOCK + 3.0 * d) + 4 * n * n;
    return 16 * n * d + own;
  }
}
