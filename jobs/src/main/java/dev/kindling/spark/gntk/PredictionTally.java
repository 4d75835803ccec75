package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphSummary;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.ScatterPlot;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  boolean classify() {
    return !classes.isEmpty();
  }

  long labelled() {
    return labelled;
  }

  /** Accuracy or root mean squared error. */
  double score() {
    return classify() ? sum / labelled : Math.sqrt(sum / labelled);
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        classify() ? "accuracy %.1f %% of %,d labelled graphs" : "RMSE %.4g of %,d labelled graphs",
        classify() ? 100 * score() : score(),
        labelled);
  }

  Report page(String set, GraphSummary graphs) {
    Report report =
        Report.titled("Predictions for " + set)
            .summary(
                String.format(Locale.ROOT, "%,d graphs", graphs.graphs())
                    + (labelled > 0 ? "; " + sentence() + "." : ", none with a label to compare.")
                    + GraphCounts.leftOut(graphs))
            .figure("graphs", String.format(Locale.ROOT, "%,d", graphs.graphs()));
    if (classify()) {
      BarChart chart = BarChart.of("Graphs by predicted class", Axis.linear("graphs"));
      for (int c = 0; c < counts.length; c++) {
        chart.bar(classes.get(c), counts[c]);
      }
      report.section("Predictions", chart);
    } else if (labelled > 0) {
      report.section(
          "Predictions",
          ScatterPlot.of(
                  "Labelled graphs" + (labelled > sample.size() ? ", a sample" : ""),
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
