package dev.kindling.spark.gntk;

import dev.kindling.spark.job.Run;
import dev.kindling.validation.Validation;
import java.util.Locale;

/** A validation in lines on stdout and figures in {@code run.json}. */
final class ValidationSummary {
  private final Run run;
  private final Validated validated;

  ValidationSummary(Run run, Validated validated) {
    this.run = run;
    this.validated = validated;
  }

  void say() {
    Validation r = validated.result();
    String name = validated.score();
    String parameter = validated.wording().parameter();
    String nested =
        line(
            name + ", nested",
            validated.meanAndError(validated.nestedScores()),
            parameter + " chosen without the test rows");
    String best =
        line(
            name + ", best",
            validated.meanAndError(validated.bestScores()),
            String.format(
                Locale.ROOT, "%s %.3g chosen on the test rows", parameter, r.path()[r.best()]));
    run.say(
        String.format(
            Locale.ROOT,
            "%s, %d folds of %,d graphs, %s",
            validated.wording().method(),
            validated.folds().count(),
            validated.labels().ids().length,
            validated.accuracy()
                ? validated.labels().classes().size() + " classes"
                : "a number each"));
    boolean bestFirst = validated.select() == GntkOptions.Select.best;
    run.say(bestFirst ? best : nested);
    run.say(bestFirst ? nested : best);
    run.say(
        line(
            name + ", constant",
            validated.meanAndError(validated.constantScores()),
            validated.constant()));
    run.say(
        line(
            name + ", " + validated.wording().selection(),
            number(r.selection()[r.chosen()]),
            String.format(Locale.ROOT, "at %s %.3g", parameter, validated.chosen())));
    validated
        .roc()
        .ifPresent(
            roc ->
                run.say(
                    line(
                        "area under ROC, " + validated.select(),
                        String.format(Locale.ROOT, "%.3f", roc.auc()),
                        "of class " + validated.positive())));
    record();
  }

  private void record() {
    Validation r = validated.result();
    run.metric("score", validated.accuracy() ? "accuracy" : "rmse");
    run.metric("nested_mean", Validation.mean(validated.nestedScores()));
    run.metric("nested_standard_error", Validation.standardError(validated.nestedScores()));
    run.metric("best_mean", Validation.mean(validated.bestScores()));
    run.metric("best_standard_error", Validation.standardError(validated.bestScores()));
    run.metric("constant_mean", Validation.mean(validated.constantScores()));
    run.metric(validated.wording().selectionColumn(), r.selection()[r.chosen()]);
    run.metric(validated.wording().column(), validated.chosen());
    validated.roc().ifPresent(roc -> run.metric("auc", roc.auc()));
    if (validated.labels().classify()) {
      run.note("label_mapping", validated.labels().classes());
    }
  }

  private static String line(String name, String value, String note) {
    return String.format(Locale.ROOT, "  %-24s %-16s %s", name, value, note);
  }

  private String number(double value) {
    return validated.accuracy()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
