package dev.kindling.spark.train;

import dev.kindling.nn.Diverged;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.PassesInMemory;
import dev.kindling.nn.Perceptron;
import dev.kindling.nn.RowBlock;
import dev.kindling.nn.Training;
import dev.kindling.nn.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * A fit whose weights are scored after every epoch; the scoring is not timed.
 *
 * @param seconds of the whole fit, from the cached DataFrame to the model
 * @param accuracy of the model on the rows to be scored
 * @param curve seconds and accuracy after each epoch
 */
record BenchFit(double seconds, double accuracy, List<double[]> curve) {
  static BenchFit of(JavaSparkContext context, BenchData data, FitOptions options) {
    Clock clock = new Clock();
    try (PerceptronFit fit = new PerceptronFit(context, data.trainingRows(), options)) {
      Training training = fit.pack().training(null, Long.MAX_VALUE);
      Scorer scorer = new Scorer(data);
      List<double[]> curve = new ArrayList<>();
      try {
        training.run(
            new Training.Watcher() {
              @Override
              public void stepped(TrainingStep step) {
                if (step.validation() != null) {
                  double seconds = clock.pause();
                  curve.add(new double[] {seconds, scorer.accuracy(fit.current())});
                  clock.go();
                }
              }
            });
      } catch (Diverged ignored) {
        // What it had reached until then counts.
      }
      Perceptron model = fit.model();
      double seconds = clock.pause();
      return new BenchFit(seconds, scorer.accuracy(model), curve);
    }
  }

  /** Seconds until an accuracy was reached; infinite if it never was. */
  double secondsTo(double wanted) {
    return curve.stream()
        .filter(point -> point[1] >= wanted)
        .mapToDouble(point -> point[0])
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The highest accuracy within so many seconds. */
  double peak(double within) {
    return curve.stream()
        .filter(point -> point[0] <= within)
        .mapToDouble(point -> point[1])
        .max()
        .orElse(Double.NaN);
  }

  private static final class Clock {
    private double sum;
    private long since = System.nanoTime();

    double pause() {
      sum += (System.nanoTime() - since) / 1e9;
      return sum;
    }

    void go() {
      since = System.nanoTime();
    }
  }

  /** Accuracy on the driver, by the network. */
  private static final class Scorer {
    private static final int CHUNK = 512;

    private final RowBlock block;

    Scorer(BenchData data) {
      int n = data.test().size();
      int d = data.features();
      double[] x = new double[n * d];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        Row row = data.test().get(i);
        System.arraycopy(row.<Vector>getAs(0).toArray(), 0, x, i * d, d);
        y[i] = row.getDouble(1);
      }
      block = new RowBlock(d, n, x, y, null);
    }

    double accuracy(Perceptron model) {
      LossSum sum =
          new PassesInMemory(
                  FitOptions.scoring(model.architecture()),
                  CHUNK,
                  new RowBlock[] {block},
                  new RowBlock[] {block},
                  null)
              .validation(model.weights());
      return sum.accuracy();
    }
  }
}
