package dev.kindling.spark.ade;

import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import org.apache.spark.ml.linalg.Matrix;

/** What to look for among points, under which metric, and how. */
public final class SearchSettings {
  public static final Setting<String> METRIC =
      Setting.text("--metric", "metric", "METRIC")
          .or("identity")
          .checked(MetricSource::wrong)
          .describedAs(
              "identity, factor:FILE (U, k×d), precision:FILE or matrix:FILE (A = UᵀU, d×d), diagonal:FILE (that of A, one row), covariance:FILE (inverted), or estimate:sample|ledoit-wolf|variance|mcd|rca from the points (inverted; rca from their labels).");

  public static final Setting<Integer> K =
      Setting.whole("--k", "k", "k")
          .atLeast(1)
          .orElse(NearOptions.USUAL + "; with {radius} all within it")
          .describedAs("Neighbors of each query.");

  public static final Setting<Double> RADIUS =
      Setting.number("--radius", "radius", "r")
          .atLeast(0)
          .orElse("no limit")
          .describedAs("None beyond this distance.");

  // The Estimator searches exactly, so what follows is of no use to it.

  static final Setting<SearchMode> MODE =
      Setting.choice("--mode", "mode", SearchMode.class)
          .or(SearchMode.exact)
          .inShellOnly()
          .describedAs(
              "exact: the true neighbors. sketch: candidates by one random map, then their exact distances. adaptive: by many maps, fresh ones for each query, for queries that depend on answers. auto: exact, or sketch where it reads a third at most.");

  static final Setting<Double> EPSILON =
      Setting.number("--eps", "epsilon", "ε")
          .above(0)
          .below(1)
          .or(0.2)
          .inShellOnly()
          .describedAs("Relative error of the estimates of sketches.");

  static final Setting<Double> DELTA =
      Setting.number("--delta", "delta", "δ")
          .above(0)
          .below(1)
          .or(1e-3)
          .inShellOnly()
          .describedAs("Chance that one of a query's estimates is off by more.");

  static final Setting<SketchKind> SKETCH =
      Setting.choice("--sketch", "sketch", SketchKind.class)
          .isFor(MODE, SearchMode.sketch, SearchMode.adaptive, SearchMode.auto)
          .or(SketchKind.GAUSSIAN)
          .inShellOnly()
          .describedAs("Family of the random maps.");

  static final Setting<Integer> CANDIDATES =
      Setting.whole("--candidates", "candidates", "c")
          .atLeast(1)
          .isFor(MODE, SearchMode.sketch, SearchMode.adaptive, SearchMode.auto)
          .orElse("5k, or 50 where that is more")
          .inShellOnly()
          .describedAs("Candidates of a query, whose exact distances are taken.");

  static final Setting<Boolean> PROVED =
      Setting.flag("--proved", "proved")
          .isFor(MODE, SearchMode.adaptive)
          .orElse("a practical number, 2k/ε² rows in all")
          .inShellOnly()
          .describedAs("As many maps as a proof takes, for up to 16 features or so.");

  static final Setting<String> KEY_FILE =
      Setting.text("--key-file", "keyFile", "URI")
          .isFor(MODE, SearchMode.adaptive)
          .orElse("a fresh key that nobody knows")
          .inShellOnly()
          .describedAs(
              "32 bytes or more that nobody else knows, so that the same run gives the same bytes.");

  static final Setting<Boolean> DISTANCES =
      Setting.flag("--distances", "distances")
          .inShellOnly()
          .describedAs(
              "Also write the table distances: the estimates of sketch or adaptive for every query and point.");

  public static final Setting<Matrix> FACTOR =
      Setting.matrix("factor")
          .orElse("as metric says")
          .describedAs("U of the metric |U(x − y)|, k×d, instead of metric.");

  public static final Setting<String> FEATURES_COL =
      Setting.column("featuresCol")
          .or("features")
          .describedAs("Column with points, as vectors: of those that are fitted, and of queries.");

  public static final Setting<String> ID_COL =
      Setting.column("idCol")
          .checked(SearchSettings::noColumn)
          .orElse("row numbers, from 0")
          .describedAs("Column that names the points: whole numbers or strings.");

  public static final Setting<String> LABEL_COL =
      Setting.column("labelCol")
          .checked(SearchSettings::noColumn)
          .orElse("no classes")
          .describedAs("Column with the points' classes: 0, 1, …, null where not known.");

  public static final Setting<String> NEIGHBORS_COL =
      Setting.column("neighborsCol")
          .or("neighbors")
          .describedAs("Column for the neighbors, array<struct<id, distance>>.");

  public static final Setting<String> PREDICTION_COL =
      Setting.column("predictionCol")
          .or("prediction")
          .describedAs("Column for the class of most neighbors, where points have classes.");

  /** Which points are near. */
  static final SettingGroup NEAR = SettingGroup.of(K, RADIUS);

  /** How they are found, too. */
  static final SettingGroup SEARCH =
      NEAR.and(
          SettingGroup.of(MODE, EPSILON, DELTA, SKETCH, CANDIDATES, PROVED, KEY_FILE, DISTANCES));

  /** Those of {@link MahalanobisNeighbors}. */
  static final SettingGroup OF_STAGES =
      SettingGroup.of(METRIC)
          .and(NEAR)
          .onStages(
              FACTOR,
              FEATURES_COL,
              ID_COL,
              LABEL_COL,
              NEIGHBORS_COL,
              PREDICTION_COL,
              CommonOptions.SEED);

  private SearchSettings() {}

  private static String noColumn(String name) {
    return name.isEmpty() ? "must be the name of a column; leave it out where there is none" : null;
  }
}
