package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;

/** Rank and spectrum of the Gram matrix that ridge has decomposed. */
record RidgePage(RidgeValidation ridge) implements LearnerPage {
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
        Words.of(
            "The Gram matrix has rank %,d of %,d; eigenvalues below rounding count as zero, and the smallest, %.3g, is one of them where the rank is not full.",
            ridge.rank(), values.length, values[0]),
        LinePlot.of(
                "Eigenvalues of the Gram matrix, those above zero",
                Axis.linear("index"),
                Axis.log("eigenvalue"))
            .series("eigenvalue", index, descending)
            .mark(ridge.rank(), "rank " + ridge.rank()));
  }
}
