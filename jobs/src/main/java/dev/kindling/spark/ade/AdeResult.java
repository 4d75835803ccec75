package dev.kindling.spark.ade;

import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What a search came to: for {@code run.json}, the terminal and the page. */
record AdeResult(Search search, SearchTally tally) {
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
    if (tally.without() > 0) {
      run.say(String.format(Locale.ROOT, "  %,d queries have no neighbour", tally.without()));
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
        "%,d neighbours of %,d queries among %,d points of %,d features, %s; metric %s",
        tally.found(),
        tally.queries(),
        search.points().rows(),
        search.points().dimension(),
        search.options().words(),
        search.metricWords());
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

  String html(Run run) {
    Report report =
        Report.titled("Nearest neighbours in " + search.set())
            .summary(sentence() + ". Distances are exact, in double precision.")
            .figure("points", String.format(Locale.ROOT, "%,d", search.points().rows()))
            .figure("queries", String.format(Locale.ROOT, "%,d", tally.queries()))
            .figure("neighbours", String.format(Locale.ROOT, "%,d", tally.found()));
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
    BarChart times = BarChart.of("Seconds for each stage", Axis.linear("seconds"));
    run.timings().forEach(times::bar);
    return report.section("Time", times).provenance(run.provenance()).html();
  }

  private double[] at(IntToDoubleFunction value) {
    return IntStream.range(0, tally.ranks()).mapToDouble(value).toArray();
  }
}
