package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.AuditSettings.ALL;
import static dev.kindling.spark.ade.AuditSettings.ANSWERS;
import static dev.kindling.spark.ade.AuditSettings.DELTA;
import static dev.kindling.spark.ade.AuditSettings.DIMENSION;
import static dev.kindling.spark.ade.AuditSettings.DRAWS;
import static dev.kindling.spark.ade.AuditSettings.EPSILON;
import static dev.kindling.spark.ade.AuditSettings.GRAM;
import static dev.kindling.spark.ade.AuditSettings.MOST_DIMENSIONS;
import static dev.kindling.spark.ade.AuditSettings.ROWS;
import static dev.kindling.spark.ade.AuditSettings.SKETCH;
import static dev.kindling.spark.ade.AuditSettings.SKETCHES;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.Audit;
import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.setting.Settings;
import java.util.List;

/** What the settings of an audit come to. Immutable. */
final class AuditOptions {
  private final Settings settings;

  private AuditOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static AuditOptions of(Settings settings) {
    settings.check(ALL.all());
    AuditOptions options = new AuditOptions(settings);
    if (options.gram() > options.dimension()) {
      throw settings.bad(GRAM, "must be at most %s", DIMENSION.is(options.dimension()));
    }
    options.plan();
    return options;
  }

  int dimension() {
    return settings.get(DIMENSION);
  }

  /** g. */
  int gram() {
    return settings.given(GRAM).orElse(Math.min(48, dimension()));
  }

  long answers() {
    return settings.get(ANSWERS);
  }

  double epsilon() {
    return settings.get(EPSILON);
  }

  double delta() {
    return settings.get(DELTA);
  }

  SketchKind sketch() {
    return settings.get(SKETCH);
  }

  /**
   * The adaptive structure.
   *
   * @throws BadInput naming a setting whose value does not go with the others
   */
  AdaptivePlan plan() {
    int m = settings.given(ROWS).orElseGet(() -> practical().rows());
    if (m > MOST_DIMENSIONS) {
      throw settings.bad(
          EPSILON,
          "takes sketches of %,d rows, and %,d is the most; give a larger one",
          m,
          MOST_DIMENSIONS);
    }
    requireHadamard(m);
    int r = settings.given(DRAWS).orElseGet(() -> practical().draws());
    settings.with(DRAWS, r).check(List.of(DRAWS));
    int l = settings.given(SKETCHES).orElseGet(() -> practical(m, r).sketches());
    if (r > l) {
      throw settings.bad(
          SKETCHES, "fewer than the %s that a query draws; give fewer %s", r, DRAWS.named());
    }
    return new AdaptivePlan(l, m, r, false);
  }

  private void requireHadamard(int m) {
    int order = sketch().mostRows(dimension());
    if (m > order) {
      throw settings.bad(
          SKETCH,
          "has at most %s rows for %s, and %s are wanted; give fewer %s, or %s",
          order,
          DIMENSION.is(dimension()),
          m,
          ROWS.named(),
          SKETCH.is(SketchKind.GAUSSIAN));
    }
  }

  private AdaptivePlan practical() {
    try {
      return AdaptivePlan.practical(dimension(), epsilon(), delta(), Audit.known(gram()));
    } catch (IllegalArgumentException e) {
      throw tooSmall(e);
    }
  }

  private AdaptivePlan practical(int m, int r) {
    try {
      return AdaptivePlan.practical(dimension(), epsilon(), m, r);
    } catch (IllegalArgumentException e) {
      throw tooSmall(e);
    }
  }

  private BadInput tooSmall(IllegalArgumentException e) {
    return BadInput.of(e, "%s: %s; give a larger one", EPSILON.is(epsilon()), e.getMessage());
  }

  /** What will run, and what it takes. */
  Plan explain(AdaptivePlan plan) {
    return new Plan()
        .say(structure(plan) + "; the fixed structure is the first of them")
        .say(reads(plan))
        .say(
            Words.of(
                "gram: one query of %,d points, least squares for %,d unknowns",
                Audit.known(gram()), gram() * (gram() + 1) / 2))
        .say(
            Words.of(
                "answers: %,d, %.1e operations in all",
                answers(), 2.0 * answers() * (plan.draws() + 1) * plan.rows() * dimension()))
        .needs(
            "the audit on the driver",
            Audit.bytes(sketch(), plan, dimension(), gram()),
            Memory.driver(),
            "Give a smaller --gram-dimension, fewer --sketches, a larger --eps, or more memory with --conf spark.driver.memory=…");
  }

  String structure(AdaptivePlan plan) {
    return Words.of(
        "%,d dimensions; %s sketches: %,d of %,d rows, %,d drawn for a query",
        dimension(), sketch(), plan.sketches(), plan.rows(), plan.draws());
  }

  /** What a structure costs beside the exact distance. */
  String reads(AdaptivePlan plan) {
    return Words.of(
        "the sketches keep %,d numbers of a point and read %,d for an answer; the exact distance keeps and reads %,d",
        plan.numbersPerPoint(), plan.draws() * plan.rows(), dimension());
  }
}
