package dev.kindling.spark.ade;

import dev.kindling.sketch.ChiSquareLaw;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.Locale;
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

  void record(Run run) {
    run.metric("points", search.points().rows());
    run.metric("queries", tally.queries());
    run.metric("neighbors", tally.found());
    run.metric("metric_rows", search.metric().metric().rows());
    if (!Double.isNaN(search.metric().shrinkage())) {
      run.metric("shrinkage", search.metric().shrinkage());
    }
    if (tally.ranks() > 0) {
      run.metric("mean_distance_first", tally.mean(0));
      run.metric("mean_distance_last", tally.mean(tally.ranks() - 1));
    }
    if (tally.labelled() > 0) {
      run.metric("accuracy", tally.accuracy());
    }
    if (sketching != null) {
      run.metric("sketches", sketching.plan().sketches());
      run.metric("sketch_rows", sketching.plan().rows());
      run.metric("sketch_draws", sketching.plan().draws());
      run.metric("candidates", sketching.candidates());
      run.metric("estimates_compared", tally.estimates().pairs());
      run.metric("estimates_outside", tally.estimates().outside());
      if (tally.estimates().isChecked()) {
        run.metric("recall", tally.estimates().recall());
      }
    }
  }

  void say(Run run) {
    run.say(sentence());
    if (tally.ranks() > 0) {
      int last = tally.ranks() - 1;
      run.say(distances(0));
      if (last > 0) {
        run.say(distances(last));
      }
    }
    if (sketching != null) {
      run.say("  " + sketched());
      run.say("  " + compared());
    }
    if (tally.without() > 0) {
      run.say(String.format(Locale.ROOT, "  %,d queries have no neighbor", tally.without()));
    }
    if (tally.labelled() > 0) {
      run.say(
          String.format(
              Locale.ROOT,
              "  their vote is right about the class of %.2f %% of %,d queries",
              100 * tally.accuracy(),
              tally.labelled()));
    }
  }

  private String sentence() {
    return String.format(
        Locale.ROOT,
        "%,d neighbors of %,d queries among %,d points of %,d features, %s; metric %s",
        tally.found(),
        tally.queries(),
        search.points().rows(),
        search.points().dimension(),
        search.options().near().words(),
        search.metricWords());
  }

  private String sketched() {
    return String.format(
        Locale.ROOT,
        "%s %s read %,d numbers of each point, and the exact distances of %,d candidates a query",
        sketching.isAdaptive()
            ? String.format(
                Locale.ROOT, "%d of %,d", sketching.plan().draws(), sketching.plan().sketches())
            : "one",
        sketching.kind() + (sketching.isAdaptive() ? " sketches" : " sketch"),
        sketching.numbersRead(),
        sketching.candidates());
  }

  private String compared() {
    EstimateTally estimates = tally.estimates();
    String outside =
        String.format(
            Locale.ROOT,
            "%,d of %,d estimates that were compared are off by more than %s",
            estimates.outside(),
            estimates.pairs(),
            sketching.epsilon());
    return estimates.isChecked()
        ? String.format(
            Locale.ROOT,
            "%s; %.3f of the true neighbors were found, where they were looked for",
            outside,
            estimates.recall())
        : outside;
  }

  private String distances(int rank) {
    return String.format(
        Locale.ROOT,
        "  rank %-5s distance %.4g on average, from %.4g to %.4g",
        String.format(Locale.ROOT, "%,d", rank + 1),
        tally.mean(rank),
        tally.least(rank),
        tally.most(rank));
  }

  Report page() {
    Report report =
        Report.titled("Nearest neighbors in " + search.set())
            .summary(sentence() + words())
            .figure("points", String.format(Locale.ROOT, "%,d", search.points().rows()))
            .figure("queries", String.format(Locale.ROOT, "%,d", tally.queries()))
            .figure("neighbors", String.format(Locale.ROOT, "%,d", tally.found()));
    if (tally.labelled() > 0) {
      report.figure("votes right", String.format(Locale.ROOT, "%.2f %%", 100 * tally.accuracy()));
    }
    if (tally.ranks() > 1) {
      double[] ranks = IntStream.rangeClosed(1, tally.ranks()).asDoubleStream().toArray();
      report.section(
          "Distances",
          LinePlot.of("Distance at each rank", Axis.linear("rank"), Axis.linear("distance"))
              .series("greatest", ranks, at(tally::most))
              .series("mean", ranks, at(tally::mean))
              .series("least", ranks, at(tally::least)));
    }
    if (sketching != null && tally.estimates().pairs() > 0) {
      report.section("Estimates of sketches", estimates());
    }
    return report;
  }

  private String words() {
    return sketching == null
        ? ". Distances are exact, in double precision."
        : ". Distances are exact, in double precision, of candidates by sketches: "
            + (sketched() + "; " + compared() + ".");
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
