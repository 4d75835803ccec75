package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import dev.kindling.ridge.FeatureMoments;
import dev.kindling.ridge.FeatureRidge;
import dev.kindling.ridge.KernelRidge;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Ridge on Nyström features, for k folds in four passes over the blocks of graphs: moments; a fit
 * without each fold; scores at each λ; the predictions at those that are chosen. Fits are files of
 * the run. The driver holds 16 r² bytes and the targets, a task 40 r².
 */
final class LandmarkRidge {
  /** Blocks that a task scores. */
  private static final int RANGE = 64;

  /** Blocks whose moments a task adds up, at least, and how many such tasks there are at most. */
  private static final int LEAST_BLOCKS = 4;

  private static final int MOST_MOMENTS = 32;

  private final JavaSparkContext spark;
  private final NystromFeatures features;
  private final Matrix targets;
  private final Score score;
  private final GraphBlocks.Layout layout;

  LandmarkRidge(JavaSparkContext spark, NystromFeatures features, Matrix targets, Score score) {
    this.spark = spark;
    this.features = features;
    this.targets = targets;
    this.score = score;
    this.layout = features.layout();
  }

  /** The fold that tests each row; k where none does: such a row is in every fit. */
  private static int[] groups(Folds folds, int rows) {
    return Arrays.stream(folds.ofRows(rows)).map(f -> f < 0 ? folds.count() : f).toArray();
  }

  /**
   * One fit of all graphs.
   *
   * @param lambda λ; 0: the one of {@link RidgeValidation#path} with the best leave-one-out
   */
  KernelFunction fit(double lambda) {
    Folds none = new Folds(new int[0][]);
    FeatureMoments all = moments();
    fits(all, none);
    if (lambda > 0) {
      return function(features.fit(0), lambda);
    }
    double[] path = RidgeValidation.path(all.meanEigenvalue());
    double[] leaveOneOut = selection(scores(path, none));
    return function(features.fit(0), path[score.lastBest(leaveOneOut)]);
  }

  /** With folds, as {@link RidgeValidation} has it; its spectrum is that of the approximation. */
  RidgeValidation validate(Folds folds) {
    FeatureMoments all = moments();
    double[] path = RidgeValidation.path(all.meanEigenvalue());
    fits(all, folds);
    Sums sums = scores(path, folds);
    int k = folds.count();
    double[][] inner = new double[path.length][k];
    double[][] foldScores = new double[path.length][k];
    for (int l = 0; l < path.length; l++) {
      for (int f = 0; f < k; f++) {
        int tested = folds.test()[f].length;
        inner[l][f] = score.mean(sums.leaveOneOut[l][f], layout.graphs() - tested);
        foldScores[l][f] = score.mean(sums.tested[l][f], tested);
      }
    }
    double[] selection = selection(sums);
    Validation validation =
        Validation.of(
            score,
            path,
            selection,
            targets,
            folds,
            foldScores,
            inner,
            points -> predictions(path, points, folds));
    double[] spectrum = SymmetricEigen.of(all.products()).values();
    double least = KernelRidge.RANK_TOLERANCE * spectrum[spectrum.length - 1];
    FeatureRidge whole = features.fit(k);
    return new RidgeValidation(
        validation,
        Arrays.stream(path).map(whole::degreesOfFreedom).toArray(),
        function(whole, path[validation.chosen()]),
        spectrum,
        (int) Arrays.stream(spectrum).filter(s -> s > least).count());
  }

  private KernelFunction function(FeatureRidge ridge, double lambda) {
    return onKernel(features, ridge.coefficients(lambda), lambda, ridge.intercept(lambda));
  }

  /**
   * A function of the features on the kernel itself: what each piece of a landmark weighs, part of
   * the kernel after part.
   *
   * @param weights of the features, r×c
   */
  static KernelFunction onKernel(
      NystromFeatures features, Matrix weights, double parameter, Matrix intercept) {
    Matrix[] parts = features.map().coefficients(weights);
    Matrix coefficients =
        Matrix.zeros(Arrays.stream(parts).mapToInt(Matrix::rows).sum(), weights.cols());
    int first = 0;
    for (Matrix part : parts) {
      for (int c = 0; c < weights.cols(); c++) {
        for (int l = 0; l < part.rows(); l++) {
          coefficients.set(first + l, c, part.get(l, c));
        }
      }
      first += part.rows();
    }
    return new KernelFunction(parameter, coefficients, intercept);
  }

  /** Of all rows. A task a range of blocks: r² numbers are shipped for each. */
  private FeatureMoments moments() {
    Broadcast<Matrix> labels = spark.broadcast(targets);
    NystromFeatures from = features;
    int count = layout.blocks();
    int range = Math.max(LEAST_BLOCKS, (count + MOST_MOMENTS - 1) / MOST_MOMENTS);
    int ranges = (count + range - 1) / range;
    FeatureMoments moments =
        BlockMerge.merge(
            spark
                .parallelize(IntStream.range(0, ranges).boxed().toList(), ranges)
                .mapToPair(
                    part -> {
                      FeatureMoments sum = FeatureMoments.none(from.rank(), labels.value().cols());
                      int end = Math.min(count, (part + 1) * range);
                      for (int block = part * range; block < end; block++) {
                        int[] all = IntStream.range(0, from.layout().length(block)).toArray();
                        sum.add(
                            FeatureMoments.of(
                                from.features(block), rows(labels.value(), from, block, all)));
                      }
                      return new Tuple2<>(part, sum);
                    }),
            ranges,
            FeatureMoments::add);
    labels.destroy();
    return moments;
  }

  /** Some of a block's targets. */
  private static Matrix rows(Matrix targets, NystromFeatures from, int block, int[] graphs) {
    int first = from.layout().first(block);
    Matrix rows = Matrix.zeros(graphs.length, targets.cols());
    for (int c = 0; c < rows.cols(); c++) {
      for (int i = 0; i < graphs.length; i++) {
        rows.set(i, c, targets.get(first + graphs[i], c));
      }
    }
    return rows;
  }

  /** Which of a block's rows are in a fold. */
  private static int[] group(int fold, int[] groupOf, GraphBlocks.Layout layout, int block) {
    int first = layout.first(block);
    return IntStream.range(0, layout.length(block))
        .filter(i -> groupOf[first + i] == fold)
        .toArray();
  }

  /** Writes the fits without each fold, and last that of all rows. A task reads its own rows. */
  private void fits(FeatureMoments all, Folds folds) {
    Broadcast<FeatureMoments> total = spark.broadcast(all);
    Broadcast<int[]> groupOf = spark.broadcast(groups(folds, layout.graphs()));
    Broadcast<Matrix> labels = spark.broadcast(targets);
    NystromFeatures from = features;
    int count = folds.count();
    spark
        .parallelize(IntStream.rangeClosed(0, count).boxed().toList(), count + 1)
        .foreach(
            f -> {
              FeatureMoments own = FeatureMoments.none(from.rank(), labels.value().cols());
              for (int block = 0; f < count && block < from.layout().blocks(); block++) {
                int[] held = group(f, groupOf.value(), from.layout(), block);
                if (held.length > 0) {
                  own.add(
                      FeatureMoments.of(
                          from.features(block, held), rows(labels.value(), from, block, held)));
                }
              }
              from.writeFit(f, new FeatureRidge(total.value().without(own)));
            });
    total.destroy();
    groupOf.destroy();
    labels.destroy();
  }

  /**
   * Sums of the score: leaveOneOut by point and fit, over the rows of the fit; tested by point and
   * fold, over the fold's rows.
   */
  private record Sums(double[][] leaveOneOut, double[][] tested) {}

  /** A fit and a range of blocks. */
  private record Part(int fit, int firstBlock) implements Serializable {}

  /** What a part adds to the sums, by point. */
  private record Share(int fit, double[] leaveOneOut, double[] tested) implements Serializable {}

  /** A task a fit and range of blocks, so that one fit is in its memory. */
  private Sums scores(double[] path, Folds folds) {
    Broadcast<int[]> groupOf = spark.broadcast(groups(folds, layout.graphs()));
    Broadcast<Matrix> labels = spark.broadcast(targets);
    NystromFeatures from = features;
    Score by = score;
    int count = folds.count();
    List<Part> parts = new ArrayList<>();
    for (int fit = 0; fit <= count; fit++) {
      for (int first = 0; first < layout.blocks(); first += RANGE) {
        parts.add(new Part(fit, first));
      }
    }
    Sums sums = new Sums(new double[path.length][count + 1], new double[path.length][count]);
    spark
        .parallelize(parts, parts.size())
        .map(part -> scores(part, from, count, path, groupOf.value(), labels.value(), by))
        .collect()
        .forEach(
            share -> {
              for (int l = 0; l < path.length; l++) {
                sums.leaveOneOut[l][share.fit] += share.leaveOneOut[l];
                if (share.fit < count) {
                  sums.tested[l][share.fit] += share.tested[l];
                }
              }
            });
    groupOf.destroy();
    labels.destroy();
    return sums;
  }

  private static Share scores(
      Part part,
      NystromFeatures from,
      int folds,
      double[] path,
      int[] groupOf,
      Matrix targets,
      Score score) {
    FeatureRidge fit = from.fit(part.fit);
    double[] leaveOneOut = new double[path.length];
    double[] tested = new double[path.length];
    int end = Math.min(from.layout().blocks(), part.firstBlock + RANGE);
    for (int block = part.firstBlock; block < end; block++) {
      int[] all = IntStream.range(0, from.layout().length(block)).toArray();
      int[] held = part.fit < folds ? group(part.fit, groupOf, from.layout(), block) : new int[0];
      int first = from.layout().first(block);
      int[] inside =
          Arrays.stream(all)
              .filter(i -> part.fit == folds || groupOf[first + i] != part.fit)
              .toArray();
      Matrix labels = rows(targets, from, block, all);
      FeatureRidge.Rows.Path found = fit.rows(from.features(block)).path(path, labels);
      for (int l = 0; l < path.length; l++) {
        leaveOneOut[l] += score.sum(labels, found.leaveOneOut()[l], inside, Score.SAME_ROWS);
        tested[l] += score.sum(labels, found.predictions()[l], held, Score.SAME_ROWS);
      }
    }
    return new Share(part.fit, leaveOneOut, tested);
  }

  private double[] selection(Sums sums) {
    return Arrays.stream(sums.leaveOneOut)
        .mapToDouble(at -> score.mean(at[at.length - 1], layout.graphs()))
        .toArray();
  }

  /** Of each fold by its fit. A task a fold, which reads its own rows. */
  private Matrix predictions(double[] path, int[] points, Folds folds) {
    Broadcast<int[]> groupOf = spark.broadcast(groups(folds, layout.graphs()));
    NystromFeatures from = features;
    int width = targets.cols();
    Matrix predictions = Matrix.zeros(targets.rows(), width);
    Arrays.fill(predictions.values(), Double.NaN);
    spark
        .parallelize(IntStream.range(0, points.length).boxed().toList(), points.length)
        .flatMap(f -> predictions(f, path[points[f]], from, groupOf.value()).iterator())
        .collect()
        .forEach(
            part -> {
              for (int c = 0; c < width; c++) {
                for (int i = 0; i < part.rows.length; i++) {
                  predictions.set(part.rows[i], c, part.values.get(i, c));
                }
              }
            });
    groupOf.destroy();
    return predictions;
  }

  /** Some rows, and what they are predicted to be. */
  private record Predicted(int[] rows, Matrix values) implements Serializable {}

  private static List<Predicted> predictions(
      int fold, double lambda, NystromFeatures from, int[] groupOf) {
    FeatureRidge fit = from.fit(fold);
    List<Predicted> predicted = new ArrayList<>();
    for (int block = 0; block < from.layout().blocks(); block++) {
      int[] own = group(fold, groupOf, from.layout(), block);
      if (own.length > 0) {
        int first = from.layout().first(block);
        predicted.add(
            new Predicted(
                Arrays.stream(own).map(i -> first + i).toArray(),
                fit.rows(from.features(block, own)).predictions(lambda)));
      }
    }
    return predicted;
  }
}
