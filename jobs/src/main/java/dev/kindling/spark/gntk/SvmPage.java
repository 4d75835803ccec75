package dev.kindling.spark.gntk;

import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.svm.SvmValidation;

/** How many graphs the machines rest on. */
record SvmPage(SvmValidation svm) implements LearnerPage {
  @Override
  public void figures(Report report) {
    report.figure("cost", svm.model().parameter());
  }

  @Override
  public void sections(Report report) {
    report.section(
        "Support vectors",
        LinePlot.of(
                "Support vectors, mean over the folds",
                Axis.log("cost C"),
                Axis.linear("support vectors"))
            .series("support vectors", svm.validation().path(), svm.supportVectors()));
  }
}
