package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.LearnSettings.ALL;
import static dev.kindling.spark.ade.LearnSettings.CHECKPOINT_EVERY;
import static dev.kindling.spark.ade.LearnSettings.CONSTRAINTS;
import static dev.kindling.spark.ade.LearnSettings.IDENTITY;
import static dev.kindling.spark.ade.LearnSettings.INITIAL;
import static dev.kindling.spark.ade.LearnSettings.ITERATIONS;
import static dev.kindling.spark.ade.LearnSettings.LEARNER;
import static dev.kindling.spark.ade.LearnSettings.LOWER;
import static dev.kindling.spark.ade.LearnSettings.NEIGHBORS;
import static dev.kindling.spark.ade.LearnSettings.PAIRS;
import static dev.kindling.spark.ade.LearnSettings.PUSH;
import static dev.kindling.spark.ade.LearnSettings.RANK;
import static dev.kindling.spark.ade.LearnSettings.SAMPLE;
import static dev.kindling.spark.ade.LearnSettings.SCALE;
import static dev.kindling.spark.ade.LearnSettings.SHRINK;
import static dev.kindling.spark.ade.LearnSettings.SWEEPS;
import static dev.kindling.spark.ade.LearnSettings.UPPER;
import static dev.kindling.spark.ade.LearnSettings.VALIDATION;
import static dev.kindling.spark.ade.LearnSettings.ZERO;

import dev.kindling.BadInput;
import dev.kindling.ade.Lmnn;
import dev.kindling.spark.setting.Settings;
import java.util.List;
import java.util.Optional;

/** What the settings of a metric's fit come to. Immutable. */
final class LearnOptions {
  static final int NCA_ITERATIONS = 100;

  private final Settings settings;

  private LearnOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static LearnOptions of(Settings settings) {
    settings.check(ALL.all());
    LearnOptions options = new LearnOptions(settings);
    options.check();
    return options;
  }

  private void check() {
    if (settings.find(LEARNER).isEmpty()) {
      throw settings.bad(LEARNER, "give lego, itml, pola, rca, nca or lmnn");
    }
    if (settings.isGiven(CONSTRAINTS) && settings.isGiven(PAIRS)) {
      throw settings.bad(PAIRS, "pairs are drawn where there are no %s", CONSTRAINTS.named());
    }
    OnlineSettings.requireOrder(settings);
    if (startsAtZero() && learner() != Learner.pola) {
      throw settings.bad(
          INITIAL,
          "is for %s; %s never leaves a distance of zero",
          LEARNER.is(Learner.pola),
          learner());
    }
  }

  /**
   * What to throw where lego has no constraints.
   *
   * @param format what is wrong and what to do
   */
  BadInput badLearner(String format, Object... arguments) {
    return settings.bad(LEARNER, format, arguments);
  }

  Learner learner() {
    return settings.get(LEARNER);
  }

  /** The table of constraints. */
  Optional<String> constraints() {
    return settings.given(CONSTRAINTS);
  }

  /** Whether it learns from squared distances, which no label tells, and has none. */
  boolean lacksConstraints() {
    return learner() == Learner.lego && constraints().isEmpty();
  }

  boolean needsLabels() {
    return !learner().isOnline() || constraints().isEmpty();
  }

  /** How many pairs to draw. */
  int pairs(int classes) {
    return settings.given(PAIRS).orElseGet(() -> Constraints.usual(classes));
  }

  /** A file to start from. */
  Optional<String> initialFile() {
    return settings.given(INITIAL).filter(text -> !List.of(IDENTITY, ZERO).contains(text));
  }

  boolean startsAtZero() {
    return settings.given(INITIAL).map(ZERO::equals).orElse(learner() == Learner.pola);
  }

  int timesThrough() {
    return settings.get(SWEEPS);
  }

  Optional<Double> upper() {
    return settings.given(UPPER);
  }

  Optional<Double> lower() {
    return settings.given(LOWER);
  }

  /** With the bounds of itml, where they are not given. */
  OnlineSettings online(double otherUpper, double otherLower) {
    return OnlineSettings.of(settings, otherUpper, otherLower);
  }

  double divisor() {
    return settings.get(SCALE);
  }

  double shrink() {
    return settings.get(SHRINK);
  }

  long stepsToCheckpoint() {
    return settings.get(CHECKPOINT_EVERY);
  }

  /** Which rows not to learn from. */
  HeldOut heldOut(long rows, long seed) {
    return HeldOut.of(rows, settings.get(VALIDATION), seed);
  }

  /** From how many rows to learn. */
  long rows(long all) {
    return Math.min(all, settings.given(SAMPLE).map(Integer::longValue).orElse(all));
  }

  int ncaIterations() {
    return settings.given(ITERATIONS).orElse(NCA_ITERATIONS);
  }

  /**
   * Rows of U.
   *
   * @param source of the points, for a message
   * @throws BadInput if there are to be more than features
   */
  int ncaRank(String source, int features) {
    int rank = ncaRank(features);
    if (rank > features) {
      throw settings.bad(RANK, "%s has %s features", source, features);
    }
    return rank;
  }

  int ncaRank(int features) {
    return settings.given(RANK).orElse(features);
  }

  Lmnn.Settings lmnn() {
    return new Lmnn.Settings(
        settings.get(NEIGHBORS),
        settings.get(PUSH),
        settings.given(ITERATIONS).orElse(Lmnn.Settings.DEFAULT.refreshments()));
  }
}
