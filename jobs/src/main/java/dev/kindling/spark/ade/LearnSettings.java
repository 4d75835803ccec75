package dev.kindling.spark.ade;

import dev.kindling.ade.Lmnn;
import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;

/** How a metric is learned. */
public final class LearnSettings {
  static final String IDENTITY = "identity";
  static final String ZERO = "zero";

  public static final Setting<Learner> LEARNER =
      Setting.choice("--learner", "learner", Learner.class)
          .describedAs(
              "lego, itml and pola learn online, from constraints on pairs; rca, nca and lmnn from labels.");

  /** Names points by their ids, which a DataFrame of points need not have. */
  static final Setting<String> CONSTRAINTS =
      Setting.text("--constraints", "constraints", "FILE")
          .isFor(LEARNER, Learner.lego, Learner.itml, Learner.pola)
          .orElse("pairs drawn from the labels for itml and pola; none for lego")
          .inShellOnly()
          .describedAs(
              "A table of i, j, target, used in its order: two ids, and a squared distance (lego), or 1 for similar and -1 for not.");

  public static final Setting<Integer> PAIRS =
      Setting.whole("--pairs", "numPairs", "n")
          .atLeast(1)
          .isFor(LEARNER, Learner.itml, Learner.pola)
          .orElse("40·C·(C−1) for C classes, at most 100,000")
          .describedAs(
              "How many pairs to draw from the labels, every other one of one class, where there are no {constraints}.");

  public static final Setting<Integer> SWEEPS =
      Setting.whole("--sweeps", "sweeps", "n")
          .atLeast(1)
          .isFor(LEARNER, Learner.lego, Learner.itml, Learner.pola)
          .or(1)
          .describedAs("Times through the constraints.");

  /** An Estimator cannot learn by lego, which needs {@link #CONSTRAINTS}. */
  static final Setting<Double> ETA =
      Setting.number("--eta", "eta", "η")
          .above(0)
          .isFor(LEARNER, Learner.lego)
          .or(1.0)
          .inShellOnly()
          .describedAs("The rate; large ones trust the constraint.");

  public static final Setting<String> INITIAL =
      Setting.text("--initial", "initial", IDENTITY + "|" + ZERO + "|FILE")
          .isFor(LEARNER, Learner.lego, Learner.itml, Learner.pola)
          .orElse("identity; zero for pola")
          .describedAs("Where to start: identity, zero (pola), or a file with a factor U, k×d.");

  public static final Setting<Double> UPPER =
      Setting.number("--upper", "upper", "u")
          .above(0)
          .isFor(LEARNER, Learner.itml)
          .orElse(
              "the 5th percentile of the points' squared distances under {initial}; in ade stream it must be given")
          .describedAs("The squared distance that similar points must not exceed.");

  public static final Setting<Double> LOWER =
      Setting.number("--lower", "lower", "l")
          .above(0)
          .isFor(LEARNER, Learner.itml)
          .orElse("the 95th percentile; in ade stream it must be given")
          .describedAs("The squared distance that others must have at least.");

  public static final Setting<Double> GAMMA =
      Setting.number("--gamma", "gamma", "γ")
          .above(0)
          .isFor(LEARNER, Learner.itml)
          .or(1.0)
          .describedAs("Slack; large ones enforce the constraints.");

  public static final Setting<Double> SCALE =
      Setting.number("--scale", "scale", "s")
          .above(0)
          .isFor(LEARNER, Learner.lego, Learner.itml, Learner.pola)
          .or(1.0)
          .describedAs("Differences are divided by s before they are learned from.");

  public static final Setting<Double> SHRINK =
      Setting.number("--shrink", "shrink", "f")
          .atLeast(0)
          .atMost(1)
          .isFor(LEARNER, Learner.rca)
          .or(0.0)
          .describedAs(
              "The share of the within-class covariance that becomes a multiple of the identity, 0 to 1.");

  public static final Setting<Integer> RANK =
      Setting.whole("--rank", "rank", "k")
          .atLeast(1)
          .isFor(LEARNER, Learner.nca)
          .orElse("d")
          .describedAs("Rows of the factor U, 1 to d.");

  public static final Setting<Integer> ITERATIONS =
      Setting.whole("--iterations", "maxIter", "n")
          .atLeast(1)
          .isFor(LEARNER, Learner.nca, Learner.lmnn)
          .orElse(LearnOptions.NCA_ITERATIONS + " for nca, " + lmnn().refreshments() + " for lmnn")
          .describedAs("At most so many steps of L-BFGS (nca), or rounds of ten steps (lmnn).");

  public static final Setting<Integer> NEIGHBORS =
      Setting.whole("--neighbors", "neighbors", "k")
          .atLeast(1)
          .isFor(LEARNER, Learner.lmnn)
          .or(lmnn().neighbours())
          .describedAs(
              "Target neighbors of each point; in a class of fewer rows, all its other rows.");

  public static final Setting<Double> PUSH =
      Setting.number("--push", "push", "μ")
          .above(0)
          .below(1)
          .isFor(LEARNER, Learner.lmnn)
          .or(lmnn().push())
          .describedAs("Weight of the push against the pull, between 0 and 1.");

  public static final Setting<Integer> SAMPLE =
      Setting.whole("--sample", "sample", "n")
          .atLeast(2)
          .isFor(LEARNER, Learner.nca, Learner.lmnn)
          .orElse("all")
          .describedAs("Learn from so many rows, drawn at random.");

  /** A DataFrame is split by its owner, or by a CrossValidator. */
  static final Setting<Double> VALIDATION =
      Setting.number("--validation", "validationFraction", "f")
          .atLeast(0)
          .below(1)
          .or(0.2)
          .inShellOnly()
          .describedAs(
              "Share of the rows, drawn at random, that are not learned from; with labels they judge the metric.");

  static final Setting<Long> CHECKPOINT_EVERY =
      Setting.wholeLong("--checkpoint-every", "checkpointEvery", "n")
          .atLeast(1)
          .isFor(LEARNER, Learner.lego, Learner.itml, Learner.pola)
          .or(1000L)
          .inShellOnly()
          .describedAs("Constraints between two checkpoints, from which --resume goes on.");

  public static final Setting<String> FEATURES_COL =
      Setting.column("featuresCol")
          .or("features")
          .describedAs("Column with the points, as vectors.");

  public static final Setting<String> LABEL_COL =
      Setting.column("labelCol")
          .or("label")
          .describedAs("Column with the classes of the points: 0, 1, …");

  public static final Setting<String> OUTPUT_COL =
      Setting.column("outputCol").or("mapped").describedAs("Column for Ux, as vectors.");

  /** All of them. */
  static final SettingGroup ALL =
      SettingGroup.of(
              LEARNER,
              CONSTRAINTS,
              PAIRS,
              SWEEPS,
              ETA,
              INITIAL,
              UPPER,
              LOWER,
              GAMMA,
              SCALE,
              SHRINK,
              RANK,
              ITERATIONS,
              NEIGHBORS,
              PUSH,
              SAMPLE,
              VALIDATION,
              CHECKPOINT_EVERY)
          .onStages(FEATURES_COL, LABEL_COL, OUTPUT_COL, CommonOptions.SEED);

  /** What a stream learns by; the others need its points beforehand. */
  static final SettingGroup OF_STREAMS = SettingGroup.of(LEARNER, ETA, UPPER, LOWER, GAMMA, SCALE);

  private LearnSettings() {}

  private static Lmnn.Settings lmnn() {
    return Lmnn.Settings.DEFAULT;
  }
}
