package dev.kindling.spark.gntk;

import java.util.Arrays;
import java.util.Comparator;

/** The costs of an SVM as words: {@code 1,10,100}, or {@code 1e-2:1e4:120}, a logarithmic range. */
final class CostGrid {
  private static final int MOST = 1000;

  private CostGrid() {}

  /**
   * @return descending, without repetitions
   * @throws IllegalArgumentException saying what is wrong
   */
  static double[] parse(String text) {
    double[] costs = text.contains(":") ? range(text) : list(text);
    return Arrays.stream(costs)
        .boxed()
        .distinct()
        .sorted(Comparator.reverseOrder())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** What is wrong with a text; null if nothing is. */
  static String wrong(String text) {
    try {
      parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static double[] list(String text) {
    String[] words = text.split(",", -1);
    if (words.length > MOST) {
      throw new IllegalArgumentException(words.length + " costs; give at most " + MOST);
    }
    return Arrays.stream(words).mapToDouble(CostGrid::cost).toArray();
  }

  private static double[] range(String text) {
    String[] words = text.split(":", -1);
    if (words.length != 3 || !words[2].matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException("a range is from:to:count, as 1e-2:1e4:13");
    }
    int count = Integer.parseInt(words[2]);
    double from = Math.log10(cost(words[0]));
    double to = Math.log10(cost(words[1]));
    if (count < 2 || count > MOST || !(from < to)) {
      throw new IllegalArgumentException(
          "a range ascends in 2 to " + MOST + " steps, as 1e-2:1e4:13");
    }
    double[] costs = new double[count];
    Arrays.setAll(costs, i -> Math.pow(10, from + (to - from) * i / (count - 1)));
    return costs;
  }

  private static double cost(String word) {
    double cost;
    try {
      cost = Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + word + "' is not a number", e);
    }
    if (!(cost > 0) || Double.isInfinite(cost)) {
      throw new IllegalArgumentException(word + " must be positive and finite");
    }
    return cost;
  }
}
