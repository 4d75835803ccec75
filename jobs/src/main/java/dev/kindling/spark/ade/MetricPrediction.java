package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.spark.job.PredictInput;
import dev.kindling.spark.job.Prediction;
import dev.kindling.spark.job.Run;

/** Says what a metric is for, to those who ask it for predictions. */
public final class MetricPrediction implements Prediction {
  @Override
  public boolean takes(String kind) {
    return kind.equals(MahalanobisMetricModel.class.getName());
  }

  @Override
  public void run(Run run, String model, PredictInput input) {
    throw BadInput.of(
        "--model %s: a metric, which predicts nothing by itself; start from it by ade learn --initial %s/factor, or load it as a MahalanobisMetricModel",
        model, model);
  }
}
