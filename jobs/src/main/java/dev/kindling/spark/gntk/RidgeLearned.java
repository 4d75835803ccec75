package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ridge, with rank and spectrum of the Gram matrix that it has decomposed. */
record RidgeLearned(RidgeValidation ridge) implements Learned {
  private static final TableSchema SPECTRUM =
      TableSchema.empty().with("index", Kind.LONG).with("eigenvalue", Kind.DOUBLE);

  @Override
  public Validation validation() {
    return ridge.validation();
  }

  @Override
  public KernelFunction model() {
    return ridge.model();
  }

  @Override
  public Wording wording() {
    return Wording.RIDGE;
  }

  @Override
  public Map<String, double[]> columns() {
    return Map.of("degrees_of_freedom", ridge.degreesOfFreedom());
  }

  @Override
  public void tables(Run run) {
    double[] values = ridge.spectrum();
    List<Object[]> spectrum = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      spectrum.add(new Object[] {(long) i, values[values.length - 1 - i]});
    }
    run.table("spectrum", SPECTRUM, spectrum.iterator());
  }

  @Override
  public void figures(Outcome outcome) {
    double[] values = ridge.spectrum();
    outcome
        .count("rank", ridge.rank(), "of " + values.length)
        .figure(
            "smallest_eigenvalue",
            values[0],
            "%.3g",
            Words.of("largest %.3g", values[values.length - 1]));
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
