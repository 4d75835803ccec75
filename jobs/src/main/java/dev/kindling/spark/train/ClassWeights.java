package dev.kindling.spark.train;

import dev.kindling.BadInput;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What {@code --class-weights} says. */
final class ClassWeights {
  private ClassWeights() {}

  /**
   * @param text balanced, or a weight for each class
   * @param frame with columns y and weight
   * @throws BadInput if it is neither
   */
  static double[] of(String text, List<String> classes, Dataset<Row> frame) {
    return text.equals("balanced") ? balanced(classes.size(), frame) : given(text, classes);
  }

  /** Rows / (classes × rows of the class), as scikit-learn has it. */
  private static double[] balanced(int classes, Dataset<Row> frame) {
    double[] weights = new double[classes];
    long total = 0;
    for (Row row : frame.groupBy("y").agg(functions.count(functions.lit(1))).collectAsList()) {
      weights[(int) row.getDouble(0)] = row.getLong(1);
      total += row.getLong(1);
    }
    for (int c = 0; c < classes; c++) {
      weights[c] = total / (weights[c] * classes);
    }
    return weights;
  }

  private static double[] given(String text, List<String> classes) {
    double[] weights;
    try {
      weights = Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new BadInput("--class-weights " + text + ": give balanced, or numbers with commas", e);
    }
    if (weights.length != classes.size()) {
      throw new BadInput(
          "--class-weights "
              + text
              + ": "
              + weights.length
              + " weights for the classes "
              + classes);
    }
    for (double w : weights) {
      if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
        throw new BadInput("--class-weights " + text + ": " + w + " is no weight; give 0 or more");
      }
    }
    return weights;
  }
}
