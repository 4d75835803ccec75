package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.svm.SvmValidation;
import dev.kindling.validation.Validation;
import java.util.Map;
import java.util.stream.IntStream;

/** A support vector machine, with the number of graphs that it rests on. */
record SvmLearned(SvmValidation svm) implements Learned {
  @Override
  public Validation validation() {
    return svm.validation();
  }

  @Override
  public KernelFunction model() {
    return svm.model();
  }

  @Override
  public Wording wording() {
    return Wording.SVM;
  }

  @Override
  public Map<String, double[]> columns() {
    return Map.of("support_vectors", svm.supportVectors());
  }

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
