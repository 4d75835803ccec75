package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.ClusterSums;
import dev.kindling.data.table.NumericTable;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a clustering came to.
 *
 * @param asked for so many clusters
 * @param sums of the points themselves, d numbers each
 */
record ClusterResult(
    NumericTable table, MetricSource metric, int asked, ClusterState state, ClusterSums sums) {
  void tables(Run run) {
    List<Double> costs = state.costs();
    run.table(
        "history",
        TableSchema.empty().with("step", Kind.LONG).with("cost", Kind.DOUBLE),
        IntStream.range(0, costs.size())
            .mapToObj(i -> new Object[] {i + 1L, costs.get(i)})
            .iterator());
    long[] counts = sums.counts();
    Matrix means = sums.means(Matrix.zeros(table.numFeatures(), counts.length));
    run.table(
        "centres",
        TableSchema.empty()
            .with("cluster", Kind.LONG)
            .with("points", Kind.LONG)
            .with("features", Kind.DOUBLES),
        IntStream.range(0, counts.length)
            .filter(c -> counts[c] > 0)
            .mapToObj(c -> new Object[] {c, counts[c], ClusterJob.column(means, c)})
            .iterator());
  }

  Outcome outcome() {
    long[] counts = sums.counts();
    Outcome outcome =
        Outcome.of(sentence())
            .count("points", table.numRows())
            .count("clusters", state.centres().cols())
            .count("steps", state.costs().size())
            .figure("cost", sums.cost(), "%.6g", "the sum of squared distances")
            .text(
                "points of a cluster",
                Words.of(
                    "%,d to %,d",
                    Arrays.stream(counts).min().orElse(0), Arrays.stream(counts).max().orElse(0)),
                "");
    return counts.length < asked
        ? outcome.line("fewer points differ than --clusters " + asked + " asked for")
        : outcome;
  }

  private String sentence() {
    return Words.of(
        "%,d clusters of %,d points of %,d features after %,d steps; metric %s",
        state.centres().cols(), table.numRows(), table.numFeatures(), state.costs().size(), metric);
  }

  Report page() {
    double[] steps = IntStream.rangeClosed(1, state.costs().size()).asDoubleStream().toArray();
    Report report =
        Report.titled("Clusters of " + table.source())
            .section(
                "Cost",
                Words.of(
                    "The sum of squared distances fell from %.4g to %.4g in %,d steps.",
                    state.costs().get(0),
                    state.costs().get(state.costs().size() - 1),
                    state.costs().size()),
                LinePlot.of(
                        "Sum of squared distances at each step",
                        Axis.linear("step"),
                        Axis.linear("cost"))
                    .series("cost", steps, state.costs().stream().mapToDouble(c -> c).toArray()));
    long[] counts = sums.counts();
    if (counts.length <= 100) {
      BarChart sizes = BarChart.of("Points of each cluster", Axis.linear("points"));
      for (int c = 0; c < counts.length; c++) {
        sizes.bar(Integer.toString(c), counts[c]);
      }
      report.section(
          "Sizes",
          Words.of(
              "The largest of %,d clusters has %.3g %% of the points.",
              counts.length, 100.0 * Arrays.stream(counts).max().orElse(0) / table.numRows()),
          sizes);
    }
    return report;
  }
}
