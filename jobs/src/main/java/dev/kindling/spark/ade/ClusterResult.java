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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a clustering came to.
 *
 * @param best of the numbers of clusters that were tried
 * @param sums of the points themselves, d numbers each
 * @param advice of {@link PointMetric#advice}; null for none
 */
record ClusterResult(
    NumericTable table,
    MetricSource metric,
    ClusterSums.Kind kind,
    List<ClusterTry> tries,
    ClusterTry best,
    ClusterSums sums,
    String advice) {
  private ClusterState state() {
    return best.state();
  }

  void tables(Run run) {
    List<Double> costs = state().costs();
    if (tries.size() > 1) {
      run.table(
          "silhouettes",
          TableSchema.empty()
              .with("clusters", Kind.LONG)
              .with("cost", Kind.DOUBLE)
              .with("silhouette", Kind.DOUBLE),
          tries.stream()
              .map(t -> new Object[] {(long) t.asked(), last(t), finite(t.silhouette())})
              .iterator());
    }
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

  private static double last(ClusterTry of) {
    List<Double> costs = of.state().costs();
    return costs.get(costs.size() - 1);
  }

  private static Double finite(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private String costs() {
    return kind == ClusterSums.Kind.MEAN ? "the sum of squared distances" : "the sum of distances";
  }

  Outcome outcome() {
    long[] counts = sums.counts();
    Outcome outcome =
        Outcome.of(sentence())
            .count("points", table.numRows())
            .count("clusters", state().centres().cols())
            .count("steps", state().costs().size())
            .figure("cost", sums.cost(), "%.6g", costs());
    if (!Double.isNaN(best.silhouette())) {
      outcome.figure(
          "silhouette",
          best.silhouette(),
          "%.3f",
          Words.of(
              "how far clusters are apart, at most 1; of %,d points%s",
              best.sample(), tries.size() > 1 ? "; the highest of " + silhouettes() : ""));
    }
    outcome.text(
        "points of a cluster",
        Words.of(
            "%,d to %,d",
            Arrays.stream(counts).min().orElse(0), Arrays.stream(counts).max().orElse(0)),
        "");
    if (advice != null) {
      outcome.line(advice);
    }
    return counts.length < best.asked()
        ? outcome.line("fewer points differ than --clusters " + best.asked() + " asked for")
        : outcome;
  }

  private String silhouettes() {
    return tries.stream()
        .map(
            t ->
                Words.of(
                    "%s with %,d",
                    Double.isNaN(t.silhouette()) ? "none" : Words.of("%.3f", t.silhouette()),
                    t.state().centres().cols()))
        .collect(Collectors.joining(", "));
  }

  private String sentence() {
    return Words.of(
        "%,d clusters of %,d points of %,d features after %,d steps; metric %s",
        state().centres().cols(),
        table.numRows(),
        table.numFeatures(),
        state().costs().size(),
        metric);
  }

  Report page() {
    double[] steps = IntStream.rangeClosed(1, state().costs().size()).asDoubleStream().toArray();
    Report report =
        Report.titled("Clusters of " + table.source())
            .section(
                "Cost",
                Words.of(
                    "%s%s fell from %.4g to %.4g in %,d steps.",
                    Character.toUpperCase(costs().charAt(0)),
                    costs().substring(1),
                    state().costs().get(0),
                    state().costs().get(state().costs().size() - 1),
                    state().costs().size()),
                LinePlot.of("Cost at each step", Axis.linear("step"), Axis.linear("cost"))
                    .series("cost", steps, state().costs().stream().mapToDouble(c -> c).toArray()));
    List<ClusterTry> measured = tries.stream().filter(t -> !Double.isNaN(t.silhouette())).toList();
    if (measured.size() > 1) {
      report.section(
          "How many clusters",
          Words.of(
              "%,d clusters have the highest silhouette, %.3f, of the numbers that were tried.",
              best.asked(), best.silhouette()),
          LinePlot.of("Silhouette", Axis.linear("clusters"), Axis.linear("silhouette"))
              .dots(
                  "silhouette",
                  measured.stream().mapToDouble(ClusterTry::asked).toArray(),
                  measured.stream().mapToDouble(ClusterTry::silhouette).toArray()));
    }
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
