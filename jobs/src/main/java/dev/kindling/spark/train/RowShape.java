package dev.kindling.spark.train;

import dev.kindling.BadInput;
import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/** What every row must be like. */
record RowShape(String source, int features, int classes, boolean weighted, double[] classWeights)
    implements Serializable {
  static RowShape of(TrainingRows rows) {
    return new RowShape(
        rows.source(), rows.features(), rows.classes(), rows.weighted(), rows.classWeights());
  }

  /** A row's weight, by its class as well. */
  double weight(double y, double own) {
    boolean known = classWeights != null && y >= 0 && y < classWeights.length;
    return known ? own * classWeights[(int) y] : own;
  }

  /**
   * @throws BadInput saying what is wrong
   */
  void check(Vector x, double y, double weight) {
    if (x == null) {
      throw new BadInput(source + ": a row has no features; leave it out");
    }
    if (x.size() != features) {
      throw BadInput.of("%s: a row has %s features, the first has %s", source, x.size(), features);
    }
    if (classes > 0 && !(y >= 0 && y < classes && y == Math.rint(y))) {
      throw BadInput.of(
          "%s: label %s; classes are whole numbers from 0 to %s", source, y, classes - 1);
    }
    if (!Double.isFinite(y)) {
      throw new BadInput(source + ": a target is " + y + "; fill it or leave the row out");
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new BadInput(source + ": a weight is " + weight + "; give finite ones from 0 up");
    }
    for (double v : values(x)) {
      if (!Double.isFinite(v)) {
        throw new BadInput(source + ": a feature is " + v + "; fill it or leave the row out");
      }
    }
  }

  private static double[] values(Vector x) {
    return x instanceof org.apache.spark.ml.linalg.SparseVector sparse
        ? sparse.values()
        : x.toArray();
  }
}
