package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.svm.SvmValidation;
import java.util.stream.IntStream;

/** How many graphs the machines rest on. */
record SvmPage(SvmValidation svm) implements LearnerPage {
  @Override
  public void sections(Report report) {
    report.section(
        "Support vectors",
        Words.of(
            "At the chosen cost, %.3g, %.0f graphs on average over the folds are support vectors, which alone decide predictions.",
            svm.model().parameter(), supportVectors()),
        LinePlot.of(
                "Support vectors, mean over the folds",
                Axis.log("cost C"),
                Axis.linear("support vectors"))
            .series("support vectors", svm.validation().path(), svm.supportVectors()));
  }

  /** At the cost on the path that was chosen. */
  private double supportVectors() {
    double[] path = svm.validation().path();
    return IntStream.range(0, path.length)
        .filter(c -> path[c] == svm.model().parameter())
        .mapToDouble(c -> svm.supportVectors()[c])
        .findFirst()
        .orElse(Double.NaN);
  }
}
