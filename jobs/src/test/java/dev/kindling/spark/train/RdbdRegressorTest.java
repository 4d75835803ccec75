package dev.kindling.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.spark.StageContract;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class RdbdRegressorTest extends StageContract<RdbdRegressor, RdbdRegressionModel> {
  private static final MadeRows ROWS = MadeRows.of(19, 300, 0);

  @Override
  protected RdbdRegressor estimator() {
    return new RdbdRegressor().setHiddenLayers(new int[] {6}).setMaxIter(5);
  }

  @Override
  protected RdbdRegressor named(String uid) {
    return new RdbdRegressor(uid);
  }

  @Override
  protected RdbdRegressor changed() {
    return AllParams.changed(new RdbdRegressor());
  }

  @Override
  protected Dataset<Row> data() {
    return ROWS.frame(1);
  }

  @Override
  protected String neededColumn() {
    return "label";
  }

  @Override
  protected RdbdRegressor loadEstimator(String path) {
    return RdbdRegressor.load(path);
  }

  @Override
  protected RdbdRegressionModel loadModel(String path) {
    return RdbdRegressionModel.load(path);
  }

  @Test
  void learnsANumberInItsOwnUnits() {
    RdbdRegressionModel model =
        new RdbdRegressor()
            .setHiddenLayers(new int[] {32})
            .setMaxIter(100)
            .setStepSize(0.01)
            .fit(MadeRows.of(20, 2000, 0).frame(2));
    double error =
        model
            .transform(MadeRows.of(21, 1000, 0).frame(2))
            .agg(functions.sqrt(functions.expr("avg(pow(prediction - label, 2))")))
            .first()
            .getDouble(0);
    // The deviation of the label is about 5.
    assertThat(error).isLessThan(0.7);
  }
}
