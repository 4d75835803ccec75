package dev.kindling.spark.train;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Precision;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Training;
import dev.kindling.nn.TrainingStep;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What a step costs beside its arithmetic, and an empty job that carries the same bytes. */
final class StepOverhead {
  private static final int BLOCK = 100;
  private static final int STEPS = 5000;
  private static final int END = 1000;

  private StepOverhead() {}

  /**
   * Medians, in seconds.
   *
   * @param step of a step, from weights to weights
   * @param arithmetic of its slowest task between its first and last instruction
   * @param gemm of the same products alone, in the same tasks
   * @param empty of a job with as many tasks that carries the same bytes there and back
   * @param early of the first thousand steps, what they take beside their arithmetic
   * @param late of the last thousand
   */
  record Figures(
      double step, double arithmetic, double gemm, double empty, double early, double late) {}

  /** Carries bytes back, and does nothing, or the products of a step. */
  private static final class Carry
      extends AbstractFunction2<TaskContext, Iterator<PackedPart>, byte[]> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> weights;
    private final Architecture architecture;
    private final int rows;
    private final int pieces;

    Carry(Broadcast<byte[]> weights, Architecture architecture, int rows, int pieces) {
      this.weights = weights;
      this.architecture = architecture;
      this.rows = rows;
      this.pieces = pieces;
    }

    @Override
    public byte[] apply(TaskContext context, Iterator<PackedPart> parts) {
      parts.next();
      byte[] bytes = weights.value().clone();
      if (pieces > 0) {
        ByteBuffer.wrap(bytes).putLong(products());
      }
      return bytes;
    }

    /** Nanoseconds, without those of the memory. */
    private long products() {
      int[] sizes = architecture.sizes();
      float[] w = new float[architecture.weights()];
      float[] g = new float[architecture.weights()];
      float[][] h = new float[sizes.length][];
      float[][] d = new float[sizes.length][];
      for (int l = 0; l < sizes.length; l++) {
        h[l] = new float[sizes[l] * rows];
        d[l] = new float[sizes[l] * rows];
      }
      long begin = System.nanoTime();
      for (int piece = 0; piece < pieces; piece++) {
        for (int l = 0; l < architecture.layers(); l++) {
          int in = sizes[l];
          int out = sizes[l + 1];
          int first = architecture.first(l);
          Blas.gemm(
              false, false, out, rows, in, 1f, w, first, out, h[l], 0, in, 0f, h[l + 1], 0, out);
          Blas.gemm(
              false, true, out, in, rows, 1f, d[l + 1], 0, out, h[l], 0, in, 0f, g, first, out);
          if (l > 0) {
            Blas.gemm(
                true, false, in, rows, out, 1f, w, first, out, d[l + 1], 0, out, 0f, d[l], 0, in);
          }
        }
      }
      return System.nanoTime() - begin;
    }
  }

  static Figures measure(JavaSparkContext context, BenchData data, FitOptions usual) {
    double epochs = Math.ceil((double) STEPS * usual.batch(data.rows()) / data.rows()) + 1;
    FitOptions options =
        usual
            .with(TrainSettings.STEPS_ON, TrainSettings.StepsOn.executors)
            .with(TrainSettings.PRECISION, Precision.FLOAT)
            .with(TrainSettings.EPOCHS, (int) epochs);
    try (PerceptronFit fit = new PerceptronFit(context, data.trainingRows(), options)) {
      Training training = fit.pack().training(null, Long.MAX_VALUE);
      return new Rounds(context, fit, training).measure();
    }
  }

  /** A hundred steps and fifty empty jobs in turn. */
  private static final class Rounds implements Training.Watcher {
    private final JavaSparkContext context;
    private final PerceptronFit fit;
    private final Training training;
    private final double[] steps = new double[STEPS];
    private final double[] arithmetic = new double[STEPS];
    private final double[] empty = new double[STEPS];
    private final double[] gemm = new double[STEPS];
    private int count;
    private long since;

    Rounds(JavaSparkContext context, PerceptronFit fit, Training training) {
      this.context = context;
      this.fit = fit;
      this.training = training;
    }

    Figures measure() {
      Arrays.fill(empty, Double.NaN);
      Arrays.fill(gemm, Double.NaN);
      since = System.nanoTime();
      training.run(this);
      double[] rest = new double[STEPS];
      Arrays.setAll(rest, i -> steps[i] - arithmetic[i]);
      return new Figures(
          median(steps),
          median(arithmetic),
          median(gemm),
          median(empty),
          median(Arrays.copyOf(rest, END)),
          median(Arrays.copyOfRange(rest, STEPS - END, STEPS)));
    }

    @Override
    public void stepped(TrainingStep step) {
      if (count >= STEPS) {
        return;
      }
      // Looks at validation rows are no part of a step.
      steps[count] = step.validation() == null ? (System.nanoTime() - since) / 1e9 : Double.NaN;
      arithmetic[count] = fit.arithmeticSeconds();
      count++;
      if (count % BLOCK == 0) {
        for (int i = count - BLOCK; i < count - BLOCK / 2; i++) {
          empty[i] = carry(0);
          gemm[i] = carry(1);
        }
      }
      since = System.nanoTime();
    }

    private double carry(int products) {
      long begin = System.nanoTime();
      int parts = fit.packed().parts().getNumPartitions();
      Broadcast<byte[]> weights =
          context.broadcast(new byte[fit.architecture().weights() * Float.BYTES]);
      int pieces = products == 0 ? 0 : Math.max(1, fit.shards() / parts);
      Object[] back =
          fit.packed()
              .run(
                  new Carry(weights, fit.architecture(), fit.batch() / fit.shards(), pieces),
                  IntStream.range(0, parts).toArray(),
                  byte[].class);
      weights.destroy();
      if (products == 0) {
        return (System.nanoTime() - begin) / 1e9;
      }
      return Arrays.stream(back)
              .mapToLong(bytes -> ByteBuffer.wrap((byte[]) bytes).getLong())
              .max()
              .orElseThrow()
          / 1e9;
    }

    private static double median(double[] values) {
      double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }
}
