package dev.kindling.spark.train;

import dev.kindling.BadInput;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Weights of the rows of each class. */
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
    double[] weights = numbers(text);
    if (weights.length != classes.size()) {
      throw BadInput.of(
          "%s: %d weights for the classes %s; give one for each, in this order",
          TrainSettings.CLASS_WEIGHTS.is(text), weights.length, classes);
    }
    return weights;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** What is wrong with the setting's value; null if nothing is. */
  static String wrong(String text) {
    if (text.equals("balanced")) {
      return null;
    }
    try {
      for (double w : numbers(text)) {
        if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
          return w + " is no weight; give 0 or more";
        }
      }
      return null;
    } catch (NumberFormatException e) {
      return "give balanced, or numbers with commas between them";
    }
  }
}
