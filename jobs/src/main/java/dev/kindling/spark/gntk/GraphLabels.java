package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Score;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * Ids and labels of all graphs on the driver, in order, and what the labels mean. About 100 bytes a
 * graph.
 *
 * @param classes in order, for classification; empty where the labels are numbers
 */
record GraphLabels(String[] ids, String[] labels, List<String> classes) {
  private static final int MOST_CLASSES_OF_INTEGERS = 20;

  private record Part(String[] ids, String[] labels) implements Serializable {}

  /**
   * Collects them.
   *
   * @return null if no graph has a label
   * @throws BadInput if only some have, if numbers are asked for and one is none, or all are the
   *     same
   */
  static GraphLabels of(GraphBlocks blocks, String set, GntkOptions.Labels as) {
    List<String> ids = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    blocks
        .rdd()
        .mapValues(
            records ->
                new Part(
                    Arrays.stream(records).map(GraphRecord::id).toArray(String[]::new),
                    Arrays.stream(records).map(GraphRecord::label).toArray(String[]::new)))
        .collect()
        .stream()
        .sorted(Comparator.comparing(Tuple2::_1))
        .forEach(
            part -> {
              ids.addAll(Arrays.asList(part._2().ids()));
              labels.addAll(Arrays.asList(part._2().labels()));
            });
    int missing = labels.indexOf(null);
    if (missing >= 0) {
      if (labels.stream().allMatch(l -> l == null)) {
        return null;
      }
      throw BadInput.of(
          "%s: graph %s has no label, others have; label it or leave it out",
          set, ids.get(missing));
    }
    boolean classify =
        as == GntkOptions.Labels.classes
            || (as == GntkOptions.Labels.auto && areClasses(set, ids, labels));
    List<String> classes = classify ? sortedClasses(labels) : List.of();
    GraphLabels result =
        new GraphLabels(ids.toArray(String[]::new), labels.toArray(String[]::new), classes);
    if (!classify) {
      result.checkNumbers(set);
    }
    return result;
  }

  /**
   * Whether labels look like classes.
   *
   * @throws BadInput if some are numbers and others are not, or most are different texts: one bad
   *     label must not decide what is learned
   */
  private static boolean areClasses(String set, List<String> ids, List<String> labels) {
    TreeSet<String> distinct = new TreeSet<>(labels);
    boolean many = distinct.size() > 1 && 2 * distinct.size() > labels.size();
    long numbers = labels.stream().filter(GraphLabels::isNumber).count();
    if (numbers == labels.size()) {
      return !many
          && distinct.size() <= MOST_CLASSES_OF_INTEGERS
          && distinct.stream().mapToDouble(Double::parseDouble).allMatch(x -> x == Math.rint(x));
    }
    if (numbers > 0) {
      int bad =
          IntStream.range(0, labels.size())
              .filter(i -> !isNumber(labels.get(i)))
              .findFirst()
              .orElseThrow();
      throw BadInput.of(
          "%s: graph %s has the label '%s', no finite number, and %,d of %,d labels are numbers; mend it or leave the graph out, or give %s",
          set,
          ids.get(bad),
          labels.get(bad),
          numbers,
          labels.size(),
          GraphKernelSettings.LABELS.is(GntkOptions.Labels.classes));
    }
    if (many) {
      throw BadInput.of(
          "%s: %,d different labels of %,d graphs, as '%s' of graph %s; that is no set of classes: name the column of the label, or give %s",
          set,
          distinct.size(),
          labels.size(),
          labels.get(0),
          ids.get(0),
          GraphKernelSettings.LABELS.is(GntkOptions.Labels.classes));
    }
    return true;
  }

  static boolean isNumber(String label) {
    try {
      return Double.isFinite(Double.parseDouble(label));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** In numeric order where all are numbers, else as text. */
  private static List<String> sortedClasses(List<String> labels) {
    List<String> classes = new ArrayList<>(new TreeSet<>(labels));
    if (classes.stream().allMatch(GraphLabels::isNumber)) {
      classes.sort(Comparator.comparingDouble(Double::parseDouble));
    }
    return List.copyOf(classes);
  }

  private void checkNumbers(String set) {
    for (int i = 0; i < labels.length; i++) {
      if (!isNumber(labels[i])) {
        throw BadInput.of(
            "%s: graph %s has the label '%s', no finite number; give --labels classes to classify",
            set, ids[i], labels[i]);
      }
    }
  }

  boolean classify() {
    return !classes.isEmpty();
  }

  Score score() {
    return classify() ? Score.ACCURACY : Score.RMSE;
  }

  /** The class of each graph, or null. */
  int[] classOf() {
    return classify() ? Arrays.stream(labels).mapToInt(classes::indexOf).toArray() : null;
  }

  /** One-hot classes, n×classes, or the numbers, n×1. */
  Matrix targets() {
    Matrix targets = Matrix.zeros(labels.length, classify() ? classes.size() : 1);
    for (int i = 0; i < labels.length; i++) {
      if (classify()) {
        targets.set(i, classes.indexOf(labels[i]), 1);
      } else {
        targets.set(i, 0, Double.parseDouble(labels[i]));
      }
    }
    return targets;
  }

  /** Rows from the lowest label to the highest, ties in order. */
  int[] order() {
    Integer[] order = new Integer[labels.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        classify()
            ? Comparator.comparingInt(i -> classes.indexOf(labels[i]))
            : Comparator.comparingDouble(i -> Double.parseDouble(labels[i])));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
