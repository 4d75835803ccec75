package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.spark.job.Outcome;
import dev.kindling.validation.Validation;

/** What a validation came to. */
final class ValidationSummary {
  private ValidationSummary() {}

  static Outcome of(Validated validated) {
    Validation r = validated.result();
    Outcome outcome =
        Outcome.of(
            Words.of(
                "%s, %d folds of %,d graphs, %s",
                validated.wording().method(),
                validated.folds().count(),
                validated.labels().ids().length,
                validated.accuracy()
                    ? validated.labels().classes().size() + " classes"
                    : "a number each"));
    if (validated.select() == GntkOptions.Select.best) {
      best(outcome, validated);
      nested(outcome, validated);
    } else {
      nested(outcome, validated);
      best(outcome, validated);
    }
    String name = validated.score();
    outcome
        .text(
            name + ", constant",
            validated.meanAndError(validated.constantScores()),
            validated.constant())
        .text(
            name + ", " + validated.wording().selection(),
            number(validated, r.selection()[r.chosen()]),
            Words.of("at %s %s", validated.wording().parameter(), validated.at(r.chosen())));
    outcome
        .record("score", validated.accuracy() ? "accuracy" : "rmse")
        .record("nested_mean", Validation.mean(validated.nestedScores()))
        .record("nested_standard_error", Validation.standardError(validated.nestedScores()))
        .record("best_mean", Validation.mean(validated.bestScores()))
        .record("best_standard_error", Validation.standardError(validated.bestScores()))
        .record("constant_mean", Validation.mean(validated.constantScores()))
        .record(validated.wording().selectionColumn(), r.selection()[r.chosen()])
        .record(validated.wording().column(), validated.chosen());
    validated
        .roc()
        .ifPresent(
            roc ->
                outcome.figure(
                    "auc",
                    roc.auc(),
                    "%.3f",
                    Words.of(
                        "area under ROC, %s, of class %s",
                        validated.select(), validated.positive())));
    return outcome;
  }

  private static void nested(Outcome outcome, Validated validated) {
    outcome.text(
        validated.score() + ", nested",
        validated.meanAndError(validated.nestedScores()),
        validated.choice() + " chosen without the test rows");
  }

  private static void best(Outcome outcome, Validated validated) {
    Validation r = validated.result();
    outcome.text(
        validated.score() + ", one " + validated.single(),
        validated.meanAndError(validated.bestScores()),
        Words.of("%s for all folds, the best on their test rows", validated.at(r.best())));
  }

  private static String number(Validated validated, double value) {
    return validated.accuracy() ? Words.of("%.1f %%", 100 * value) : Words.of("%.4g", value);
  }
}
