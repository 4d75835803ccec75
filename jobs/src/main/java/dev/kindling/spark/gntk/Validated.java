package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Confusion;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Roc;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A validation with what it is of: labels, folds, and the words for it.
 *
 * @param blocks the number of BLOCKs at each point of the path; empty where there is one number
 *     only
 */
record Validated(
    GraphLabels labels,
    Folds folds,
    Validation result,
    GntkOptions.Select select,
    Wording wording,
    int[] blocks) {

  boolean accuracy() {
    return result.score() == Score.ACCURACY;
  }

  /** Whether the number of BLOCKs is chosen, too. */
  boolean choosesBlocks() {
    return blocks.length > 0;
  }

  /** What is chosen: "penalty", "blocks and penalty". */
  String choice() {
    return (choosesBlocks() ? "blocks and " : "") + wording.parameter();
  }

  /** What is the same for all folds: "penalty", "choice". */
  String single() {
    return choosesBlocks() ? "choice" : wording.parameter();
  }

  /** The parameter at a point of the path: "5.84e+03", "5.84e+03 with 3 blocks". */
  String at(int point) {
    String parameter = Words.of("%.3g", result.path()[point]);
    return choosesBlocks()
        ? Words.of("%s with %d block%s", parameter, blocks[point], blocks[point] == 1 ? "" : "s")
        : parameter;
  }

  String score() {
    return accuracy() ? "accuracy" : "RMSE";
  }

  double[] bestScores() {
    return result.foldScores()[result.best()];
  }

  double[] nestedScores() {
    return result.nestedScores();
  }

  double[] constantScores() {
    return result.constantScores();
  }

  /** The parameter of the model. */
  double chosen() {
    return result.path()[result.chosen()];
  }

  /** The predictions that {@code --select} puts first, n×m. */
  Matrix shown() {
    return select == GntkOptions.Select.best
        ? result.bestPredictions()
        : result.nestedPredictions();
  }

  /** The rows that a fold tests. */
  int[] tested() {
    int[] foldOf = folds.ofRows(labels.ids().length);
    return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] >= 0).toArray();
  }

  /** Of classes. */
  Confusion confusion() {
    return Confusion.of(labels.targets(), shown(), tested());
  }

  /** The class that counts as positive: the last of two. */
  String positive() {
    return labels.classes().get(1);
  }

  /** Of two classes, the scores of all folds together; empty elsewhere. */
  Optional<Roc> roc() {
    if (labels.classes().size() != 2) {
      return Optional.empty();
    }
    int[] rows = tested();
    double[] scores = new double[rows.length];
    boolean[] positive = new boolean[rows.length];
    for (int k = 0; k < rows.length; k++) {
      scores[k] = shown().get(rows[k], 1) - shown().get(rows[k], 0);
      positive[k] = labels.labels()[rows[k]].equals(positive());
    }
    return Roc.of(scores, positive);
  }

  /** "85.0 ± 2.9 %", "0.879 ± 0.076": the error with two digits, the mean with as many decimals. */
  String meanAndError(double[] scores) {
    double mean = Validation.mean(scores);
    double error = Validation.standardError(scores);
    if (accuracy()) {
      return Words.of("%.1f ± %.1f %%", 100 * mean, 100 * error);
    }
    int decimals =
        error > 0 ? (int) Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error)))) : 4;
    String format = "%." + decimals + "f ± %." + decimals + "f";
    return Words.of(format, mean, error);
  }

  String constant() {
    return accuracy() ? "the most frequent class" : "the mean";
  }
}
