package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Prediction;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.ScatterPlot;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What predictions add up to: how many graphs got each class; of the labelled ones the right
 * classes or the squared errors, and a sample of at most 2,000 pairs for the page.
 */
final class PredictionTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SAMPLE = 2000;

  private final List<String> classes;
  private final long[] counts;
  private final List<double[]> sample = new ArrayList<>();
  private long labelled;
  private double sum;

  private PredictionTally(List<String> classes) {
    this.classes = classes;
    this.counts = new long[classes.size()];
  }

  /** An empty one. */
  static PredictionTally of(List<String> classes) {
    return new PredictionTally(classes);
  }

  /** Every how many graphs one is sampled. */
  static int stride(int graphs) {
    return (graphs + SAMPLE - 1) / SAMPLE;
  }

  /**
   * @param label null where there is none; one that is no number is none for a prediction that is
   */
  void add(String label, Object prediction, boolean sampled) {
    if (classify()) {
      counts[classes.indexOf(prediction)]++;
      if (label != null) {
        labelled++;
        sum += prediction.equals(label) ? 1 : 0;
      }
    } else if (label != null && GraphLabels.isNumber(label)) {
      double truth = Double.parseDouble(label);
      double predicted = (Double) prediction;
      labelled++;
      sum += (truth - predicted) * (truth - predicted);
      if (sampled) {
        sample.add(new double[] {truth, predicted});
      }
    }
  }

  PredictionTally plus(PredictionTally other) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] += other.counts[c];
    }
    labelled += other.labelled;
    sum += other.sum;
    sample.addAll(other.sample);
    return this;
  }

  private boolean classify() {
    return !classes.isEmpty();
  }

  /** Accuracy or root mean squared error. */
  private double score() {
    return classify() ? sum / labelled : Math.sqrt(sum / labelled);
  }

  Outcome outcome(GraphSummary graphs) {
    Outcome outcome = Prediction.outcome("graphs", graphs.graphs(), classify(), score(), labelled);
    return graphs.leftOut() == 0 ? outcome : outcome.line(GraphCounts.leftOut(graphs).strip());
  }

  Report page(String set) {
    Report report = Report.titled("Predictions for " + set);
    if (classify()) {
      BarChart chart = BarChart.of("Graphs by predicted class", Axis.linear("graphs"));
      int most = 0;
      for (int c = 0; c < counts.length; c++) {
        chart.bar(classes.get(c), counts[c]);
        most = counts[c] > counts[most] ? c : most;
      }
      report.section(
          "Predictions",
          Words.of(
              "Class %s is predicted most often, for %.3g %% of the graphs.",
              classes.get(most), 100.0 * counts[most] / Math.max(1, Arrays.stream(counts).sum())),
          chart);
    } else if (labelled > 0) {
      report.section(
          "Predictions",
          Words.of(
              "Predictions of labeled graphs are off by %.4g, root mean square; right ones would lie on the diagonal.",
              score()),
          ScatterPlot.of(
                  "Labeled graphs" + (labelled > sample.size() ? ", a sample" : ""),
                  Axis.linear("label"),
                  Axis.linear("prediction"))
              .points(
                  sample.stream().mapToDouble(pair -> pair[0]).toArray(),
                  sample.stream().mapToDouble(pair -> pair[1]).toArray())
              .identity());
    }
    return report;
  }
}
