package dev.kindling.spark.job;

import dev.kindling.BadInput;
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
