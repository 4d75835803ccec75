package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.Words;
import java.util.function.Supplier;

/** Scores new rows by the models of one system. */
public interface Prediction {
  /**
   * Whether it is for such models.
   *
   * @param kind name of the model's class
   */
  boolean takes(String kind);

  /**
   * Reads the rows and writes the table {@code predictions}.
   *
   * @param model the folder
   * @throws BadInput if model or rows cannot be used
   */
  void run(Run run, String model, PredictInput input);

  /**
   * How many were predicted, and how well where the truth is known.
   *
   * @param rows how the rows are called: {@code graphs}
   * @param score accuracy of classes, or the root of the mean squared error
   * @param labeled rows whose truth is known
   */
  static Outcome outcome(String rows, long all, boolean classify, double score, long labeled) {
    Outcome outcome =
        Outcome.of(
            Words.of(
                "%,d %s predicted%s",
                all, rows, labeled > 0 ? "" : ", none of them with a truth to compare"));
    String of = Words.of("of %,d labeled %s", labeled, rows);
    if (labeled == 0) {
      return outcome;
    }
    return classify
        ? outcome.percent("accuracy", score, of)
        : outcome.figure("rmse", score, "%.4g", of);
  }

  /**
   * What is read of the model.
   *
   * @throws BadInput naming the option, if it cannot be read
   */
  static <M> M read(Supplier<M> reader) {
    try {
      return reader.get();
    } catch (BadInput e) {
      throw new BadInput("--model " + e.getMessage(), e);
    }
  }
}
