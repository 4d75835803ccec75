package dev.kindling.spark.gntk;

import dev.kindling.gntk.GntkParameters;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import java.util.List;
import java.util.Map;

/** The kernel, and what is learned with it. */
public final class GraphKernelSettings {
  public static final Setting<List<Integer>> BLOCKS =
      Setting.wholes("--blocks", "blocks", "L[,L…]")
          .or(List.of(1))
          .checked(GraphKernelSettings::wrongBlocks)
          .describedAs(
              "BLOCKs: aggregations, each with its ReLU layers. Several numbers, as 1,2,3: one of them is chosen along with the penalty or cost.");

  public static final Setting<Integer> MLP_LAYERS =
      Setting.whole("--mlp", "mlpLayers", "R")
          .atLeast(1)
          .atMost(64)
          .or(2)
          .describedAs("ReLU layers in a BLOCK.");

  public static final Setting<GntkOptions.Scale> SCALE =
      Setting.choice("--scale", "scale", GntkOptions.Scale.class)
          .or(GntkOptions.Scale.uniform)
          .describedAs("Sum over the closed neighborhood, or its mean.");

  public static final Setting<Boolean> JUMPING_KNOWLEDGE =
      Setting.onOff("--jk", "jumpingKnowledge")
          .or(true)
          .describedAs("Jumping knowledge: sum the kernels of all levels.");

  public static final Setting<Double> FACTOR =
      Setting.number("--factor", "factor", "f")
          .above(0)
          .or(2.0)
          .describedAs("Multiplies the kernel; 2 as in the authors' code.");

  public static final Setting<NodeLabels> NODE_LABELS =
      Setting.choice("--node-labels", "nodeLabels", NodeLabels.class)
          .or(NodeLabels.auto, "degree when every tag of the set is equal")
          .describedAs(
              "What tells nodes apart: tags, degrees, continuous attributes, or both tags and attributes.");

  // Engines differ in time and rounding; stages compute with colors, which are exact.
  public static final Setting<GntkOptions.Engine> ENGINE =
      Setting.choice("--engine", "engine", GntkOptions.Engine.class)
          .or(GntkOptions.Engine.auto, "the cheapest")
          .inShellOnly()
          .describedAs(
              "colors: exact compression to the colors of the whole set; tiles: of each pair of blocks of graphs; dense: node by node, for attributes.");

  public static final Setting<Precision> PRECISION =
      Setting.choice("--precision", "precision", Precision.class)
          .or(Precision.DOUBLE)
          .inShellOnly()
          .describedAs(
              "What the engines tiles and dense compute with; float is faster and takes half the memory, for some five digits of the kernel.");

  public static final Setting<String> KERNEL =
      Setting.text("--kernel", "kernel", "RUN")
          .inShellOnly()
          .describedAs(
              "The run directory of an earlier gntk run over the same graphs: its Gram matrix is read, not computed again, and its kernel's options hold.");

  // Each task is an Estimator of its own.
  public static final Setting<GntkOptions.Task> TASK =
      Setting.choice("--task", "task", GntkOptions.Task.class)
          .or(GntkOptions.Task.auto, "ridge where the graphs have labels")
          .inShellOnly()
          .describedAs("What follows the kernel.");

  public static final Setting<GntkOptions.Normalize> NORMALIZE =
      Setting.choice("--normalize", "normalize", GntkOptions.Normalize.class)
          .or(GntkOptions.Normalize.none)
          .describedAs(
              "What is learned from: the kernel as it is, or cosine: K(g,h)/√(K(g,g) K(h,h)).");

  public static final Setting<Integer> NEIGHBORS =
      Setting.whole("--neighbors", "neighbors", "k")
          .atLeast(1)
          .atMost(10_000)
          .inShellOnly()
          .describedAs(
              "Also the k most similar graphs of each, by K(g,h)/√(K(g,g) K(h,h)), as the table neighbors.");

  public static final Setting<GntkOptions.Labels> LABELS =
      Setting.choice("--labels", "labels", GntkOptions.Labels.class)
          .or(
              GntkOptions.Labels.auto,
              "numbers when one of them has a fraction, or there are more than 20 whole ones")
          .describedAs("How labels are read.");

  public static final Setting<Integer> FOLDS =
      Setting.whole("--folds", "folds", "k")
          .atLeast(2)
          .atMost(1_000_000)
          .or(10)
          .inShellOnly()
          .describedAs("Folds of the cross-validation.");

  public static final Setting<String> FOLD_DIR =
      Setting.text("--fold-dir", "foldDir", "DIR")
          .inShellOnly()
          .describedAs("Given folds instead: train_idx-k.txt and test_idx-k.txt, 0-based rows.");

  public static final Setting<GntkOptions.Select> SELECT =
      Setting.choice("--select", "select", GntkOptions.Select.class)
          .or(GntkOptions.Select.nested)
          .inShellOnly()
          .describedAs(
              "Which result comes first: the penalty (ridge) or cost (SVM) chosen without the test rows, or one for all folds, the best on their test rows.");

  public static final Setting<String> COST =
      Setting.text("--cost", "cost", "C")
          .or("1e-2:1e4:13")
          .checked(CostGrid::wrong)
          .isFor(TASK, GntkOptions.Task.svm)
          .describedAs(
              "The costs to try, as 1,10,100 or 1e-2:1e4:120 for 120 equal steps of the logarithm; for a kernel whose smallest entry on the diagonal is 1.");

  public static final Setting<SvmOptions.ClassWeights> CLASS_WEIGHTS =
      Setting.choice("--class-weights", "classWeights", SvmOptions.ClassWeights.class)
          .or(SvmOptions.ClassWeights.none)
          .isFor(TASK, GntkOptions.Task.svm)
          .describedAs("balanced makes an error cost the more the rarer its class is.");

  public static final Setting<Double> TUBE =
      Setting.number("--tube", "tube", "e")
          .atLeast(0)
          .or(0.1)
          .isFor(TASK, GntkOptions.Task.svm)
          .describedAs("For numbers: errors below e standard deviations of the labels are free.");

  public static final Setting<Integer> LANDMARKS =
      Setting.whole("--landmarks", "landmarks", "m")
          .atLeast(1)
          .atMost(LandmarkOptions.MOST)
          .orElse("none, the whole Gram matrix")
          .describedAs(
              "Nyström: compute the kernel of all graphs with m of them only, and learn from the features that these give. For sets whose whole Gram matrix is too large.");

  public static final Setting<LandmarkOptions.By> LANDMARKS_BY =
      Setting.choice("--landmarks-by", "landmarksBy", LandmarkOptions.By.class)
          .or(LandmarkOptions.By.uniform)
          .needs(LANDMARKS)
          .describedAs(
              "How they are chosen: at random; spread over the histograms of colors by k-means++; or by leverage scores, which takes twice the time.");

  public static final Setting<Integer> PIECES =
      Setting.whole("--landmark-pieces", "pieces", "q")
          .atLeast(1)
          .atMost(LandmarkOptions.MOST_PIECES)
          .or(4)
          .needs(LANDMARKS)
          .describedAs(
              "Pieces that a landmark is cut into, by its colors, where it has enough of them: more columns from the same kernel between colors.");

  public static final Setting<Integer> FEATURES =
      Setting.whole("--landmark-features", "features", "r")
          .atLeast(1)
          .atMost(2 * LandmarkOptions.MOST)
          .orElse("twice the landmarks")
          .needs(LANDMARKS)
          .describedAs(
              "Features of a graph, at most; more are projected on those of as many graphs, drawn at random.");

  public static final Setting<Double> REG_PARAM =
      Setting.number(null, "regParam", "λ")
          .above(0)
          .orElse("the one on the path with the best leave-one-out")
          .describedAs("Penalty λ of the ridge.");

  public static final Setting<String> GRAPH_COL =
      Setting.column("graphCol").or("graph").describedAs("Column whose values order the graphs.");

  public static final Setting<String> TAGS_COL =
      Setting.column("tagsCol").or("tags").describedAs("Array of one whole number a node.");

  public static final Setting<String> SOURCES_COL =
      Setting.column("sourcesCol")
          .or("sources")
          .describedAs("Array of one end of each edge, 0-based.");

  public static final Setting<String> TARGETS_COL =
      Setting.column("targetsCol")
          .or("targets")
          .describedAs("Array of the other end of each edge.");

  public static final Setting<String> LABEL_COL =
      Setting.column("labelCol").or("label").describedAs("Class or number to learn.");

  public static final Setting<String> PREDICTION_COL =
      Setting.column("predictionCol").or("prediction").describedAs("Column for predictions.");

  public static final Setting<String> OUTPUT_COL =
      Setting.column("outputCol").or("features").describedAs("Column for features, as vectors.");

  public static final Setting<String> WORK_DIR =
      Setting.text(null, "workDir", "DIR")
          .orElse("Spark's checkpoint folder; in local mode a temporary one")
          .describedAs("Folder that driver and executors share, for tiles while fitting.");

  /** Of the kernel. */
  static final SettingGroup OF_KERNEL =
      SettingGroup.of(
              BLOCKS,
              MLP_LAYERS,
              SCALE,
              JUMPING_KNOWLEDGE,
              FACTOR,
              NODE_LABELS,
              ENGINE,
              PRECISION,
              KERNEL,
              TASK,
              NORMALIZE,
              NEIGHBORS,
              LABELS,
              FOLDS,
              FOLD_DIR,
              SELECT)
          .onStages(
              GRAPH_COL,
              TAGS_COL,
              SOURCES_COL,
              TARGETS_COL,
              LABEL_COL,
              PREDICTION_COL,
              WORK_DIR,
              CommonOptions.SEED);

  /** Of a support vector machine. */
  static final SettingGroup OF_SVM = SettingGroup.of(COST, CLASS_WEIGHTS, TUBE);

  /** Of the approximation by landmarks. */
  static final SettingGroup OF_LANDMARKS =
      SettingGroup.of(LANDMARKS, LANDMARKS_BY, PIECES, FEATURES);

  /** Of ridge. */
  static final SettingGroup OF_RIDGE = SettingGroup.of().onStages(REG_PARAM);

  /** Of features for other learners. */
  static final SettingGroup OF_FEATURES = SettingGroup.of().onStages(OUTPUT_COL);

  /** Those that make a kernel what it is: an earlier one decides them. */
  static final List<Setting<?>> DECIDED_BY_KERNEL =
      List.of(BLOCKS, MLP_LAYERS, SCALE, JUMPING_KNOWLEDGE, FACTOR, NODE_LABELS, PRECISION);

  /** In {@code gntk.md}. */
  public static final Map<String, SettingGroup> TABLES =
      Map.of("gntk", OF_KERNEL.and(OF_SVM).and(OF_LANDMARKS).and(OF_RIDGE).and(OF_FEATURES));

  private static String wrongBlocks(List<Integer> blocks) {
    if (blocks.isEmpty()) {
      return "give at least one number";
    }
    if (blocks.stream().anyMatch(l -> l < 0 || l > GntkParameters.MOST_BLOCKS)) {
      return "must be from 0 to " + GntkParameters.MOST_BLOCKS;
    }
    return blocks.stream().distinct().count() < blocks.size() ? "give each number once" : null;
  }

  private GraphKernelSettings() {}
}
