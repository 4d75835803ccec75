package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.sketch.ChiSquareLaw;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a search came to: for {@code run.json}, the terminal and the page.
 *
 * @param sketching null for an exact search
 */
record AdeResult(Search search, SearchTally tally, Sketching sketching) {
  /** Of a plotted law. */
  private static final int BINS = EstimateTally.BINS;

  Outcome outcome() {
    Outcome outcome =
        Outcome.of(sentence())
            .record("points", search.points().rows())
            .record("queries", tally.queries())
            .record("neighbors", tally.found())
            .record("metric_rows", search.metric().metric().rows());
    if (!Double.isNaN(search.metric().shrinkage())) {
      outcome.record("shrinkage", search.metric().shrinkage());
    }
    if (tally.ranks() > 0) {
      distance(outcome, "mean_distance_first", 0);
      if (tally.ranks() > 1) {
        distance(outcome, "mean_distance_last", tally.ranks() - 1);
      } else {
        outcome.record("mean_distance_last", tally.mean(0));
      }
    }
    if (tally.labelled() > 0) {
      outcome.percent(
          "accuracy",
          tally.accuracy(),
          tally.labelled() == 1
              ? "of one query, which is right or wrong: give more to know more"
              : Words.of(
                  "of %,d queries: the class that most of their neighbors have", tally.labelled()));
    }
    if (tally.unknown() > 0) {
      outcome
          .record("unknown_classes", tally.unknown())
          .line(
              Words.of(
                  "%,d of %,d queries have a class that no point has, and count as wrong",
                  tally.unknown(), tally.labelled()));
    }
    if (sketching != null) {
      outcome
          .record("sketches", sketching.plan().sketches())
          .record("sketch_rows", sketching.plan().rows())
          .record("sketch_draws", sketching.plan().draws())
          .record("candidates", sketching.candidates())
          .record("estimates_compared", tally.estimates().pairs())
          .record("estimates_outside", tally.estimates().outside())
          .line(sketched());
      if (tally.estimates().isChecked()) {
        outcome.figure(
            "recall",
            tally.estimates().recall(),
            "%.3f",
            "the share of the true neighbors that were found, where they were looked for");
      }
      outcome.line(compared());
    }
    if (search.advice() != null) {
      outcome.line(search.advice());
    }
    if (tally.without() > 0) {
      outcome.line(Words.of("%,d queries have no neighbor", tally.without()));
    }
    return outcome;
  }

  private void distance(Outcome outcome, String metric, int rank) {
    outcome.figure(
        metric,
        tally.mean(rank),
        "%.4g",
        Words.of("rank %,d, from %.4g to %.4g", rank + 1, tally.least(rank), tally.most(rank)));
  }

  private String sentence() {
    return Words.of(
        "%,d neighbors of %,d queries among %,d points of %,d features, %s; metric %s",
        tally.found(),
        tally.queries(),
        search.points().rows(),
        search.points().dimension(),
        search.options().near().words(),
        search.metricWords());
  }

  private String sketched() {
    return Words.of(
        "%s %s read %,d numbers of each point, and the exact distances of %,d candidates a query",
        sketching.isAdaptive()
            ? Words.of("%d of %,d", sketching.plan().draws(), sketching.plan().sketches())
            : "one",
        sketching.kind() + (sketching.isAdaptive() ? " sketches" : " sketch"),
        sketching.numbersRead(),
        sketching.candidates());
  }

  private String compared() {
    EstimateTally estimates = tally.estimates();
    return Words.of(
        "%,d of %,d estimates that were compared are off by more than %s",
        estimates.outside(), estimates.pairs(), sketching.epsilon());
  }

  Report page() {
    Report report = Report.titled("Nearest neighbors in " + search.set());
    if (tally.ranks() > 1) {
      double[] ranks = IntStream.rangeClosed(1, tally.ranks()).asDoubleStream().toArray();
      report.section(
          "Distances",
          Words.of(
              "The nearest neighbor of a query is %.4g away on average, the neighbor of rank %,d %.4g. Distances are exact, in double precision%s.",
              tally.mean(0),
              tally.ranks(),
              tally.mean(tally.ranks() - 1),
              sketching == null ? "" : ", of candidates by sketches"),
          LinePlot.of("Distance at each rank", Axis.linear("rank"), Axis.linear("distance"))
              .series("greatest", ranks, at(tally::most))
              .series("mean", ranks, at(tally::mean))
              .series("least", ranks, at(tally::least)));
    }
    if (sketching != null && tally.estimates().pairs() > 0) {
      report.section("Estimates of sketches", compared() + ".", estimates());
    }
    return report;
  }

  /** Ratios of the pairs that were compared, beside the law of one Gaussian sketch. */
  private LinePlot estimates() {
    EstimateTally estimates = tally.estimates();
    double[] at = new double[BINS - 2];
    double[] shares = new double[at.length];
    double[] law = new double[at.length];
    for (int b = 1; b < BINS - 1; b++) {
      double low = estimates.low(b);
      double high = estimates.low(b + 1);
      at[b - 1] = (low + high) / 2;
      shares[b - 1] = (double) estimates.bin(b) / estimates.pairs();
      law[b - 1] = ChiSquareLaw.between(sketching.plan().rows(), Math.max(0, low), high);
    }
    return LinePlot.of(
            "Estimate over exact distance",
            Axis.linear("estimate / exact"),
            Axis.linear("share of the pairs"))
        .series("pairs", at, shares)
        .series("law of one sketch", at, law);
  }

  private double[] at(IntToDoubleFunction value) {
    return IntStream.range(0, tally.ranks()).mapToDouble(value).toArray();
  }
}
