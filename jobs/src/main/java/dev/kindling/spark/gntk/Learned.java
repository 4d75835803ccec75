package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Report;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Validation;
import java.util.Map;

/** What was learned, with its validation, before it is published. */
interface Learned {
  Validation validation();

  /** Of the kernel as it stands in the Gram matrix, whatever it was normalized to in between. */
  KernelFunction model();

  Wording wording();

  /** More columns of the table {@code path}, one value a point of the path each. */
  Map<String, double[]> columns();

  /** The number of BLOCKs at each point of the path; empty where there is one number only. */
  default int[] blocks() {
    return new int[0];
  }

  /** Writes tables beside those of the validation. */
  default void tables(Run run) {}

  /** Adds figures to those of the validation. */
  default void figures(Outcome outcome) {}

  /** Adds sections to those of the validation. */
  void sections(Report report);

  /** Writes the tables and states the result. */
  default void publish(
      Run run, GraphLabels labels, Folds folds, GntkOptions options, GntkReport report) {
    Validated validated =
        new Validated(labels, folds, validation(), options.select(), wording(), blocks());
    new ValidationTables(run, validated).write(columns());
    tables(run);
    if (labels.classify()) {
      run.note("label_mapping", labels.classes());
    }
    Outcome outcome = ValidationSummary.of(validated);
    figures(outcome);
    run.outcome(outcome);
    report.learned(validated, this);
  }
}
