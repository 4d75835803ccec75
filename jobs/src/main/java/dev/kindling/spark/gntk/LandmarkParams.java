package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.spark.job.BlasContract;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The Params of stages that can approximate the kernel by landmarks. */
final class LandmarkParams implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  final IntParam landmarks;
  final Param<String> landmarksBy;
  final IntParam pieces;
  final IntParam features;
  final LongParam seed;

  /**
   * @param least 0 where the kernel may also be whole
   */
  LandmarkParams(Params parent, int least) {
    landmarks =
        new IntParam(
            parent,
            "landmarks",
            "graphs whose columns of the kernel are computed"
                + (least == 0 ? "; 0: all, the whole Gram matrix" : ""),
            ParamValidators.inRange(least, LandmarkOptions.MOST));
    landmarksBy =
        new Param<>(
            parent,
            "landmarksBy",
            "how landmarks are chosen: uniform, kmeans or leverage",
            ParamValidators.inArray(new String[] {"uniform", "kmeans", "leverage"}));
    pieces =
        new IntParam(
            parent,
            "pieces",
            "that a landmark is cut into where it has colours enough",
            ParamValidators.inRange(1, LandmarkOptions.MOST_PIECES));
    features =
        new IntParam(
            parent,
            "features",
            "of a graph, at most; 0: twice the landmarks",
            ParamValidators.inRange(0, 2 * LandmarkOptions.MOST));
    seed = new LongParam(parent, "seed", "of the choice of landmarks");
  }

  /** Features, and the landmarks that they are of. */
  record Approximation(Landmarks landmarks, NystromFeatures features) {}

  Approximation approximate(GraphKernelEstimator<?, ?> stage, GraphKernelEstimator.Scope scope) {
    int count = (Integer) stage.getOrDefault(landmarks);
    int graphs = scope.blocks().layout().graphs();
    if (count > graphs) {
      throw new BadInput(
          "landmarks "
              + count
              + ": the DataFrame has "
              + graphs
              + " graphs; give at most that many");
    }
    BlasContract blas = new BlasContract(Blas.choice());
    NystromKernel kernel =
        new NystromKernel(
            scope.context(),
            scope.parameters(),
            scope.files(),
            scope.blocks(),
            false,
            stage.normalization(),
            blas);
    kernel.sides();
    Landmarks chosen =
        kernel.choose(
            LandmarkOptions.By.valueOf(stage.getOrDefault(landmarksBy)),
            count,
            (Long) stage.getOrDefault(seed));
    int most = (Integer) stage.getOrDefault(features);
    return new Approximation(
        chosen,
        kernel.features(
            kernel.columns(chosen, (Integer) stage.getOrDefault(pieces)),
            most == 0 ? 2 * count : most,
            (Long) stage.getOrDefault(seed)));
  }
}
