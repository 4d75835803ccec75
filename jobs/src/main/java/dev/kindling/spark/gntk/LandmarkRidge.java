package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import dev.kindling.ridge.FeatureMoments;
import dev.kindling.ridge.FeatureRidge;
import dev.kindling.ridge.KernelRidge;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Ridge on Nyström features, for k folds in three passes over the blocks of graphs: moments by
 * fold; scores at each λ; the predictions at those that are chosen. The driver holds (k + 1)·16 r²
 * bytes and the targets.
 */
final class LandmarkRidge {
  /** Blocks whose moments a task adds up. */
  private static final int RANGE = 64;

  private final JavaSparkContext spark;
  private final NystromFeatures features;
  private final BlasContract blas;
  private final Matrix targets;
  private final Score score;
  private final GraphBlocks.Layout layout;

  LandmarkRidge(
      JavaSparkContext spark,
      NystromFeatures features,
      BlasContract blas,
      Matrix targets,
      Score score) {
    this.spark = spark;
    this.features = features;
    this.blas = blas;
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
    FeatureMoments all = moments(none)[0];
    FeatureRidge ridge = new FeatureRidge(all);
    if (lambda > 0) {
      return function(ridge, lambda);
    }
    double[] path = RidgeValidation.path(all.meanEigenvalue());
    Broadcast<FeatureRidge[]> fits = spark.broadcast(new FeatureRidge[] {ridge});
    double[] leaveOneOut = selection(scores(fits, path, none));
    fits.destroy();
    return function(ridge, path[score.lastBest(leaveOneOut)]);
  }

  /** With folds, as {@link RidgeValidation} has it; its spectrum is that of the approximation. */
  RidgeValidation validate(Folds folds) {
    FeatureMoments[] groups = moments(folds);
    FeatureMoments all = sum(groups);
    double[] path = RidgeValidation.path(all.meanEigenvalue());
    FeatureRidge[] fits = fits(all, groups, folds.count());
    Broadcast<FeatureRidge[]> sharedFits = spark.broadcast(fits);
    Sums sums = scores(sharedFits, path, folds);
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
            points -> predictions(sharedFits, path, points, folds));
    sharedFits.destroy();
    double[] spectrum = SymmetricEigen.of(all.products()).values();
    double least = KernelRidge.RANK_TOLERANCE * spectrum[spectrum.length - 1];
    FeatureRidge whole = fits[k];
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

  private FeatureMoments sum(FeatureMoments[] groups) {
    FeatureMoments sum = FeatureMoments.none(features.rank(), targets.cols());
    for (FeatureMoments group : groups) {
      sum.add(group);
    }
    return sum;
  }

  private List<Integer> blocks() {
    return IntStream.range(0, layout.blocks()).boxed().toList();
  }

  /** A fold and a range of blocks. */
  private record Part(int group, int firstBlock) implements Serializable {}

  /**
   * Moments of each fold's rows, and last of those that no fold tests. A task a fold and range of
   * blocks, so that r² numbers are shipped for each, not for each block.
   */
  private FeatureMoments[] moments(Folds folds) {
    Broadcast<int[]> groupOf = spark.broadcast(groups(folds, layout.graphs()));
    Broadcast<Matrix> labels = spark.broadcast(targets);
    NystromFeatures from = features;
    int count = layout.blocks();
    List<Part> parts = new ArrayList<>();
    for (int group = 0; group <= folds.count(); group++) {
      for (int first = 0; first < count; first += RANGE) {
        parts.add(new Part(group, first));
      }
    }
    FeatureMoments[] moments = new FeatureMoments[folds.count() + 1];
    JavaPairRDD<Integer, Tuple2<Integer, FeatureMoments>> found =
        spark
            .parallelize(parts, parts.size())
            .mapToPair(
                part ->
                    new Tuple2<>(
                        part.group,
                        new Tuple2<>(
                            part.firstBlock,
                            moments(part, count, from, groupOf.value(), labels.value()))));
    (count <= RANGE
            ? found.mapValues(Tuple2::_2)
            : found
                .groupByKey(new HashPartitioner(moments.length))
                .mapValues(LandmarkRidge::inOrder))
        .collect()
        .forEach(each -> moments[each._1()] = each._2());
    groupOf.destroy();
    labels.destroy();
    return moments;
  }

  private static FeatureMoments inOrder(Iterable<Tuple2<Integer, FeatureMoments>> ranges) {
    return StreamSupport.stream(ranges.spliterator(), false)
        .sorted(Comparator.comparing(Tuple2::_1))
        .map(Tuple2::_2)
        .reduce(FeatureMoments::add)
        .orElseThrow();
  }

  private static FeatureMoments moments(
      Part part, int blocks, NystromFeatures from, int[] groupOf, Matrix targets) {
    FeatureMoments sum = FeatureMoments.none(from.rank(), targets.cols());
    int end = Math.min(blocks, part.firstBlock + RANGE);
    for (int block = part.firstBlock; block < end; block++) {
      int[] own =
          group(part.group, groupOf, from.layout().first(block), from.layout().length(block));
      if (own.length > 0) {
        Matrix labels = Matrix.zeros(own.length, targets.cols());
        for (int i = 0; i < own.length; i++) {
          for (int c = 0; c < labels.cols(); c++) {
            labels.set(i, c, targets.get(from.layout().first(block) + own[i], c));
          }
        }
        sum.add(FeatureMoments.of(NystromFeatures.only(from.features(block), own), labels));
      }
    }
    return sum;
  }

  /** A block's targets. */
  private static Matrix rows(Matrix targets, GraphBlocks.Layout layout, int block) {
    Matrix rows = Matrix.zeros(layout.length(block), targets.cols());
    for (int c = 0; c < rows.cols(); c++) {
      for (int i = 0; i < rows.rows(); i++) {
        rows.set(i, c, targets.get(layout.first(block) + i, c));
      }
    }
    return rows;
  }

  /** Which of a block's rows are in a fold. */
  private static int[] group(int fold, int[] groupOf, int first, int rows) {
    return IntStream.range(0, rows).filter(i -> groupOf[first + i] == fold).toArray();
  }

  /** The fits without each fold, and last that of all rows; on the executors. */
  private FeatureRidge[] fits(FeatureMoments all, FeatureMoments[] groups, int folds) {
    Broadcast<FeatureMoments> total = spark.broadcast(all);
    Broadcast<FeatureMoments[]> parts = spark.broadcast(groups);
    BlasContract contract = blas;
    FeatureRidge[] fits =
        spark
            .parallelize(IntStream.rangeClosed(0, folds).boxed().toList(), folds + 1)
            .map(
                f -> {
                  contract.enter();
                  return new FeatureRidge(
                      f == folds ? total.value() : total.value().without(parts.value()[f]));
                })
            .collect()
            .toArray(FeatureRidge[]::new);
    total.destroy();
    parts.destroy();
    return fits;
  }

  /**
   * Sums of the score: leaveOneOut by point and fit, over the rows of the fit; tested by point and
   * fold, over the fold's rows.
   */
  private record Sums(double[][] leaveOneOut, double[][] tested) implements Serializable {
    Sums add(Sums other) {
      add(leaveOneOut, other.leaveOneOut);
      add(tested, other.tested);
      return this;
    }

    private static void add(double[][] to, double[][] from) {
      for (int l = 0; l < to.length; l++) {
        for (int f = 0; f < to[l].length; f++) {
          to[l][f] += from[l][f];
        }
      }
    }
  }

  private Sums scores(Broadcast<FeatureRidge[]> fits, double[] path, Folds folds) {
    Broadcast<int[]> groupOf = spark.broadcast(groups(folds, layout.graphs()));
    Broadcast<Matrix> labels = spark.broadcast(targets);
    NystromFeatures from = features;
    Score by = score;
    Sums sums =
        BlockMerge.merge(
            spark
                .parallelize(blocks(), layout.blocks())
                .mapToPair(
                    block ->
                        new Tuple2<>(
                            block,
                            scores(
                                block,
                                from,
                                fits.value(),
                                path,
                                groupOf.value(),
                                labels.value(),
                                by))),
            layout.blocks(),
            Sums::add);
    groupOf.destroy();
    labels.destroy();
    return sums;
  }

  private static Sums scores(
      int block,
      NystromFeatures from,
      FeatureRidge[] fits,
      double[] path,
      int[] groupOf,
      Matrix targets,
      Score score) {
    Matrix features = from.features(block);
    Matrix labels = rows(targets, from.layout(), block);
    int first = from.layout().first(block);
    int folds = fits.length - 1;
    double[][] leaveOneOut = new double[path.length][fits.length];
    double[][] tested = new double[path.length][folds];
    for (int f = 0; f < fits.length; f++) {
      int fold = f;
      boolean all = f == folds;
      FeatureRidge.Rows rows = fits[f].rows(features);
      int[] inside =
          IntStream.range(0, features.cols())
              .filter(i -> all || groupOf[first + i] != fold)
              .toArray();
      int[] held = all ? new int[0] : group(f, groupOf, first, features.cols());
      FeatureRidge.Rows.Path found = rows.path(path, labels);
      for (int l = 0; l < path.length; l++) {
        leaveOneOut[l][f] = score.sum(labels, found.leaveOneOut()[l], inside, Score.SAME_ROWS);
        if (!all) {
          tested[l][f] = score.sum(labels, found.predictions()[l], held, Score.SAME_ROWS);
        }
      }
    }
    return new Sums(leaveOneOut, tested);
  }

  private double[] selection(Sums sums) {
    return Arrays.stream(sums.leaveOneOut)
        .mapToDouble(at -> score.mean(at[at.length - 1], layout.graphs()))
        .toArray();
  }

  private Matrix predictions(
      Broadcast<FeatureRidge[]> fits, double[] path, int[] points, Folds folds) {
    Broadcast<int[]> groupOf = spark.broadcast(groups(folds, layout.graphs()));
    NystromFeatures from = features;
    int width = targets.cols();
    Matrix predictions = Matrix.zeros(targets.rows(), width);
    spark
        .parallelize(blocks(), layout.blocks())
        .map(
            block ->
                new Tuple2<>(
                    block,
                    predictions(block, from, fits.value(), path, points, groupOf.value(), width)))
        .collect()
        .forEach(
            part -> {
              for (int c = 0; c < predictions.cols(); c++) {
                for (int i = 0; i < part._2().rows(); i++) {
                  predictions.set(layout.first(part._1()) + i, c, part._2().get(i, c));
                }
              }
            });
    groupOf.destroy();
    return predictions;
  }

  private static Matrix predictions(
      int block,
      NystromFeatures from,
      FeatureRidge[] fits,
      double[] path,
      int[] points,
      int[] groupOf,
      int targets) {
    GraphBlocks.Layout layout = from.layout();
    Matrix features = from.features(block);
    Matrix predictions = Matrix.zeros(layout.length(block), targets);
    Arrays.fill(predictions.values(), Double.NaN);
    for (int f = 0; f < points.length; f++) {
      int[] own = group(f, groupOf, layout.first(block), layout.length(block));
      Matrix some = fits[f].rows(NystromFeatures.only(features, own)).predictions(path[points[f]]);
      for (int i = 0; i < own.length; i++) {
        for (int c = 0; c < targets; c++) {
          predictions.set(own[i], c, some.get(i, c));
        }
      }
    }
    return predictions;
  }
}
