package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.table.NumericTable;
import dev.kindling.nn.Loss;
import dev.kindling.nn.Perceptron;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.PredictInput;
import dev.kindling.spark.job.Prediction;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.report.Report;
import java.util.List;
import java.util.stream.IntStream;

/** Scores the rows of a table by the perceptron of a {@code train} run. */
public final class TablePrediction implements Prediction {
  @Override
  public boolean takes(String kind) {
    return kind.equals(RdbdClassificationModel.class.getName())
        || kind.equals(RdbdRegressionModel.class.getName());
  }

  @Override
  public void run(Run run, String model, PredictInput input) {
    Perceptron perceptron =
        run.stage(
            "load",
            () -> Prediction.read(() -> PerceptronFiles.perceptron(model, run.hadoop())),
            p -> p.architecture().weights() + " weights");
    boolean number = perceptron.architecture().loss() == Loss.SQUARED;
    List<String> classes =
        number ? List.of() : Prediction.read(() -> classes(run, model, perceptron));
    int features = perceptron.architecture().features();
    TableInput.Learns learns =
        number ? TableInput.Learns.TARGET_IF_SUPPLIED : TableInput.Learns.LABEL_IF_SUPPLIED;
    List<String> names =
        Prediction.read(
            () -> PerceptronFiles.names(model, PerceptronFiles.Names.FEATURES, run.hadoop()));
    NumericTable table = input.table(number).read(run, learns, features, names);
    run.input(table.fingerprint());
    if (table.numFeatures() != features) {
      throw BadInput.of(
          "%s: %,d features; the model was fitted on %,d; %s",
          table.source(),
          table.numFeatures(),
          features,
          table.numFeatures() == features + 1
              ? "if one column is the truth, name it: --label-column last, first or its name"
              : "name them with --feature-columns, and the truth with --label-column");
    }
    run.explain(
        new Plan()
            .needs(
                Words.of("the model, on each executor; %,d rows", table.numRows()),
                16.0 * perceptron.architecture().weights(),
                Memory.task(run.context()),
                "Give more memory with --conf spark.executor.memory=…"));
    ScoreTally tally =
        run.stage(
            "predict",
            () ->
                PredictionTable.write(
                    run,
                    table,
                    new RowScorer(perceptron, classes, PredictionTable.names(table), null)));
    run.outcome(
        Prediction.outcome(
            "rows", tally.rows(), tally.classify(), tally.score(), tally.labelled()));
    run.report(() -> Report.titled("Predictions for " + table.source()));
  }

  private static List<String> classes(Run run, String model, Perceptron perceptron) {
    int outputs = perceptron.architecture().outputs();
    List<String> classes =
        PerceptronFiles.names(model, PerceptronFiles.Names.CLASSES, run.hadoop());
    if (classes.isEmpty()) {
      return IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
    }
    if (classes.size() != outputs) {
      throw BadInput.of("%s: %s classes, %s outputs; fit it again", model, classes.size(), outputs);
    }
    return classes;
  }
}
