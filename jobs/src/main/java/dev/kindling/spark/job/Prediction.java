package dev.kindling.spark.job;

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
   * @throws dev.kindling.BadInput if model or rows cannot be used
   */
  void run(Run run, String model, PredictInput input);
}
