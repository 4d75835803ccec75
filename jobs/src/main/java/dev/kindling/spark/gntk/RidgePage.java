package dev.kindling.spark.gntk;

import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;

/** Rank and spectrum of the Gram matrix that ridge has decomposed. */
record RidgePage(RidgeValidation ridge) implements LearnerPage {
  @Override
  public void figures(Report report) {
    report
        .figure("rank", ridge.rank() + " of " + ridge.spectrum().length)
        .figure("smallest eigenvalue", ridge.spectrum()[0]);
  }

  @Override
  public void sections(Report report) {
    double[] values = ridge.spectrum();
    double[] index = new double[values.length];
    double[] descending = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      index[i] = i + 1.0;
      descending[i] = values[values.length - 1 - i];
    }
    report.section(
        "Spectrum",
        LinePlot.of(
                "Eigenvalues of the Gram matrix, those above zero",
                Axis.linear("index"),
                Axis.log("eigenvalue"))
            .series("eigenvalue", index, descending)
            .mark(ridge.rank(), "rank " + ridge.rank()));
  }
}
